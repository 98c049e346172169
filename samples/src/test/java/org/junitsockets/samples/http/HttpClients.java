package org.junitsockets.samples.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junitsockets.SocketServer;

/**
 * The client under test. There is one for all tests, as there is in a program; its pool keeps the
 * connections of each server apart, and no two tests have the same server.
 */
final class HttpClients {

    static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private HttpClients() {}

    static HttpRequest get(SocketServer server, String target) {
        return request(server, target).build();
    }

    static HttpRequest post(SocketServer server, String target, String body) {
        return request(server, target).POST(BodyPublishers.ofString(body)).build();
    }

    static HttpRequest.Builder request(SocketServer server, String target) {
        return HttpRequest.newBuilder(server.uri("http").resolve(target));
    }

    static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return CLIENT.send(request, BodyHandlers.ofString());
    }
}
