/**
 * Certificates for tests, and the contexts and engines of the JDK that go by them.
 *
 * <p>{@link org.junitsockets.certificates.CertificateProvider} is the way in: from options through an
 * {@code Identity}, which an {@code Authority} issues, to {@link org.junitsockets.Tls}.
 */
@NullMarked
package org.junitsockets.certificates;

import org.jspecify.annotations.NullMarked;
