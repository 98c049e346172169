package org.junitsockets.testcontainers.endpoint;

import java.util.List;
import java.util.Optional;
import org.junitsockets.jupiter.WithTls;
import org.junitsockets.jupiter.spi.EndpointRequest;
import org.junitsockets.testcontainers.WithRemoteEndpoint;

/**
 * All that a container is made of: where two declarations have the same, they can share one.
 *
 * @param image its name; empty where it is supplied
 * @param imageFrom what supplies it
 * @param first the port that it is known by
 * @param further its other ports
 * @param tls what stands beside the declaration, if that is to have TLS
 */
record Recipe(
        String image,
        Class<?> imageFrom,
        ContainerPort first,
        List<ContainerPort> further,
        List<String> environment,
        List<String> command,
        List<String> files,
        List<String> networkAliases,
        String user,
        boolean hasTls,
        Optional<WithTls> tls,
        String tlsCertificate,
        String tlsKey,
        int tlsKeyMode,
        String greeting) {

    static Recipe of(EndpointRequest<WithRemoteEndpoint> request) {
        WithRemoteEndpoint said = request.annotation();
        return new Recipe(
                said.image(),
                said.imageFrom(),
                new ContainerPort(said.port(), request.transport()),
                RemoteEndpointFactory.furtherPorts(said),
                List.of(said.environment()),
                List.of(said.command()),
                List.of(said.files()),
                List.of(said.networkAliases()),
                said.user(),
                request.hasTls(),
                request.withTls(),
                said.tlsCertificate(),
                said.tlsKey(),
                said.tlsKeyMode(),
                said.greeting());
    }
}
