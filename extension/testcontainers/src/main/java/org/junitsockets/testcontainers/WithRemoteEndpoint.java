package org.junitsockets.testcontainers;

/** In progress. */
public @interface WithRemoteEndpoint {}
