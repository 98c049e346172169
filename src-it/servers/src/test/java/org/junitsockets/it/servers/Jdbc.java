package org.junitsockets.it.servers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junitsockets.SocketConnection;

/** The driver, the protocol, and one password for all servers of a run. */
final class Jdbc {

    static final String PASSWORD = UUID.randomUUID().toString();

    /** Length, and 1234 and 5679 where the version would be. */
    static final byte[] SSL_REQUEST =
            ByteBuffer.allocate(8).putInt(8).putInt(80877103).array();

    private Jdbc() {}

    static ServerContainer server() {
        return ServerContainer.of("postgresql", 5432, client -> authenticationIsAskedFor(client.write(startup("ada"))))
                .file("/run/password", 0444, address -> PASSWORD);
    }

    /** While it starts, or recovers, it accepts connections and answers with an error. */
    private static boolean authenticationIsAskedFor(SocketConnection client) {
        return client.readExactly(1)[0] == 'R';
    }

    static byte[] startup(String user) {
        byte[] parameters = ("user\0" + user + "\0database\0postgres\0\0").getBytes(US_ASCII);
        return ByteBuffer.allocate(8 + parameters.length)
                .putInt(8 + parameters.length)
                .putShort((short) 3)
                .putShort((short) 0)
                .put(parameters)
                .array();
    }

    static Connection connect(InetSocketAddress address, String... properties) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://" + address.getAddress().getHostAddress() + ":"
                + address.getPort() + "/postgres?user=ada&gssEncMode=disable&sslmode=disable&password=" + PASSWORD
                + (properties.length == 0 ? "" : "&" + String.join("&", properties)));
    }

    static String query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
