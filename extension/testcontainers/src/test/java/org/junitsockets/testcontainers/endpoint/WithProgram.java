package org.junitsockets.testcontainers.endpoint;

import static org.junitsockets.testcontainers.endpoint.Remote.APP;
import static org.junitsockets.testcontainers.endpoint.Remote.CLASS_PATH;
import static org.junitsockets.testcontainers.endpoint.Remote.FAST;
import static org.junitsockets.testcontainers.endpoint.Remote.FILE;
import static org.junitsockets.testcontainers.endpoint.Remote.JAVA;
import static org.junitsockets.testcontainers.endpoint.Remote.MAIN;
import static org.junitsockets.testcontainers.endpoint.Remote.WORK;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junitsockets.testcontainers.WithRemoteEndpoint;
import org.junitsockets.testcontainers.session.RuntimeImageName;

/** A user's own annotation. */
@Retention(RetentionPolicy.RUNTIME)
@WithRemoteEndpoint(
        name = "program",
        imageFrom = RuntimeImageName.class,
        port = 7000,
        ports = {"7001", "7000/udp"},
        command = {JAVA, FAST, CLASS_PATH, APP, MAIN, "serve", "meta"},
        files = {FILE, WORK})
@interface WithProgram {}
