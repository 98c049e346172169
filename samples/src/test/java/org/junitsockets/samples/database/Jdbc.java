package org.junitsockets.samples.database;

import static java.util.stream.Collectors.joining;

import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The driver, set up for these tests. */
final class Jdbc {

    static final String USER = "ada";
    static final String DATABASE = "engines";
    static final String NAMES = "SELECT name FROM friends";

    /** Left out by default, so that the scripts have nothing in them but what they are about. */
    private static final List<String> PLAIN = List.of(
            "user=" + USER,
            "gssEncMode=disable", // no GSSENCRequest
            "sslmode=disable", // no SSLRequest
            "assumeMinServerVersion=18", // no SET after the login
            "hostRecheckSeconds=0"); // who failed at a port in another test may be somebody else here

    private Jdbc() {}

    static Connection connect(InetSocketAddress server, String... properties) throws SQLException {
        return connect(List.of(server), properties);
    }

    /** Connects to the first of the servers that will do. The last of equal properties counts. */
    static Connection connect(List<InetSocketAddress> servers, String... properties) throws SQLException {
        List<String> all = new ArrayList<>(PLAIN);
        all.addAll(List.of(properties));
        String hosts = servers.stream()
                .map(server -> server.getAddress().getHostAddress() + ":" + server.getPort())
                .collect(joining(","));
        return DriverManager.getConnection("jdbc:postgresql://" + hosts + "/" + DATABASE + "?" + String.join("&", all));
    }

    /** Asks for the names, all at once. */
    static List<String> names(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return names(statement);
        }
    }

    static List<String> names(Statement statement) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet result = statement.executeQuery(NAMES)) {
            while (result.next()) {
                names.add(result.getString(1));
            }
        }
        return names;
    }
}
