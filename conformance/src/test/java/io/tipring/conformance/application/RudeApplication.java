package io.tipring.conformance.application;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// An application that answers the exchange's request as it should, and then sends whatever bytes
/// the test wants. It reads when it is told to, and not before.
final class RudeApplication implements AutoCloseable {
  static final int TEXT = 0x81;
  static final int BINARY = 0x82;
  static final int CLOSE = 0x88;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int RECEIVE_BUFFER = 8_192; // what the kernel takes without us is no reading

  private final ServerSocket server;
  private final BlockingQueue<Connection> connections = new LinkedBlockingQueue<>();

  RudeApplication() {
    try {
      server = new ServerSocket();
      server.setReceiveBufferSize(RECEIVE_BUFFER);
      server.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("rude application").start(this::accept);
  }

  String url() {
    return "ws://127.0.0.1:" + server.getLocalPort() + "/rude";
  }

  /// The next connection that the exchange has made.
  Connection next() {
    return JdkClient.taken(connections);
  }

  private void accept() {
    try {
      while (true) {
        connections.add(new Connection(server.accept()));
      }
    } catch (IOException _) {
      // Closed.
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Connection open = connections.poll(); open != null; open = connections.poll()) {
        open.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// One connection of the exchange.
  static final class Connection implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private int operations;

    Connection(Socket socket) throws IOException {
      this.socket = socket;
      socket.setSoTimeout(60_000);
      in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      out = socket.getOutputStream();
      String key = "";
      for (String line = line(); !line.isEmpty(); line = line()) {
        key = line.regionMatches(true, 0, "sec-websocket-key:", 0, 18) ? line.substring(18) : key;
      }
      out.write(
          ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                  + "Sec-WebSocket-Protocol: v1.control.tipring\r\nSec-WebSocket-Accept: "
                  + accept(key.strip())
                  + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
    }

    private String line() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
        line.append((char) c);
      }
      return line.toString().strip();
    }

    private static String accept(String key) {
      try {
        byte[] known =
            (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII);
        return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(known));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }

    /// A frame as a server sends it, whole and not masked, whatever its length.
    void frame(int first, byte[] payload) {
      byte[] head;
      if (payload.length < 126) {
        head = new byte[] {(byte) first, (byte) payload.length};
      } else if (payload.length < 0x10000) {
        head = new byte[] {(byte) first, 126, (byte) (payload.length >> 8), (byte) payload.length};
      } else {
        head = new byte[10];
        head[0] = (byte) first;
        head[1] = 127;
        for (int i = 0; i < 4; i++) {
          head[6 + i] = (byte) (payload.length >> (24 - 8 * i));
        }
      }
      bytes(head);
      bytes(payload);
    }

    void bytes(byte[] bytes) {
      try {
        out.write(bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void text(String text) {
      frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /// Asks for an operation; returns its id.
    String ask(String type, String data) {
      String id = "op-" + ++operations;
      ask(id, type, data);
      return id;
    }

    void ask(String id, String type, String data) {
      text("{\"id\":\"%s\",\"type\":\"%s\",\"data\":%s}".formatted(id, type, data));
    }

    /// The next message about `ref`; others before it are passed over.
    JsonNode about(String ref) {
      while (true) {
        JsonNode message = next();
        if (message.path("ref").asText().equals(ref)) {
          return message;
        }
      }
    }

    /// The next message of that type; others before it are passed over.
    JsonNode awaited(String type) {
      while (true) {
        JsonNode message = next();
        if (message.path("type").asText().equals(type)) {
          return message;
        }
      }
    }

    /// The code the exchange closes with, after whatever it says before.
    int closeCode() {
      while (true) {
        Frame frame = frame();
        if (frame.first == CLOSE) {
          return (frame.payload[0] & 0xFF) << 8 | (frame.payload[1] & 0xFF);
        }
      }
    }

    JsonNode next() {
      while (true) {
        Frame frame = frame();
        if (frame.first == TEXT) {
          try {
            return JSON.readTree(frame.payload);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
        if (frame.first == CLOSE) {
          throw new AssertionError("closed: " + Arrays.toString(frame.payload));
        }
      }
    }

    private record Frame(int first, byte[] payload) {}

    private Frame frame() {
      try {
        int first = in.readUnsignedByte();
        int length = in.readUnsignedByte() & 0x7F;
        length =
            length == 126 ? in.readUnsignedShort() : length == 127 ? (int) in.readLong() : length;
        byte[] mask = in.readNBytes(4);
        byte[] payload = in.readNBytes(length);
        for (int i = 0; i < payload.length; i++) {
          payload[i] ^= mask[i & 3];
        }
        return new Frame(first, payload);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
