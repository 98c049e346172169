package org.junitsockets.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitsockets.Transport;

/** A test that runs once for each transport of streams that {@link Raw} has a client for; it is the first parameter. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest
@EnumSource(
        value = Transport.class,
        names = {"TCP", "TCP6", "UNIX"})
public @interface OnEachTransport {}
