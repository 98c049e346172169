package org.junitsockets.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitsockets.Transport;

/** The same of those with an IP address and a port, for a test of those or of what the JDK has for them only. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest
@EnumSource(
        value = Transport.class,
        names = {"TCP", "TCP6"})
public @interface OnEachInternetTransport {}
