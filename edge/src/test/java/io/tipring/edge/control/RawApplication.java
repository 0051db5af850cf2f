package io.tipring.edge.control;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// A WebSocket server made of a plain socket, so that it can break every rule. Everything waits in
/// the calling thread, for as long as a busy machine may take.
final class RawApplication implements AutoCloseable {
  static final int PATIENCE_MILLIS = 20_000;

  private final ServerSocket door;
  private final List<Socket> guests = new ArrayList<>();

  RawApplication() throws IOException {
    this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
  }

  RawApplication(ServerSocket door) throws IOException {
    this.door = door;
    door.setSoTimeout(PATIENCE_MILLIS);
  }

  /// One whose ears are soon full.
  static RawApplication hardOfHearing() throws IOException {
    ServerSocket door = new ServerSocket();
    door.setReceiveBufferSize(8_192);
    door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return new RawApplication(door);
  }

  int port() {
    return door.getLocalPort();
  }

  URI url(String schemeAndHost, String rest) {
    return URI.create(schemeAndHost + ':' + port() + rest);
  }

  URI url() {
    return url("ws://127.0.0.1", "/ivr?line=2");
  }

  /// The next connection, and its request.
  Guest accept() throws IOException {
    Socket socket = door.accept();
    guests.add(socket);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return new Guest(socket);
  }

  /// The next connection, upgraded.
  Guest welcome() throws IOException {
    Guest guest = accept();
    guest.agree();
    return guest;
  }

  @Override
  public void close() {
    try {
      door.close();
      for (Socket guest : guests) {
        guest.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// @param bits the first byte: FIN, RSV and opcode
  record Frame(int bits, boolean masked, byte[] payload) {
    int opcode() {
      return bits & 0xf;
    }

    String text() {
      return new String(payload, UTF_8);
    }

    int closeCode() {
      return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xffff;
    }
  }

  /// One connection from the exchange.
  static final class Guest {
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;
    static final int FIN = 0x80;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final List<String> head = new ArrayList<>();

    Guest(Socket socket) throws IOException {
      this.socket = socket;
      in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      out = socket.getOutputStream();
    }

    /// Its request line, then its header lines.
    List<String> head() throws IOException {
      if (head.isEmpty()) {
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
          int letter = in.read();
          if (letter < 0) {
            throw new IOException("the request ended after: " + text);
          }
          text.append((char) letter);
        }
        head.addAll(List.of(text.toString().split("\r\n")));
      }
      return head;
    }

    Optional<String> header(String name) throws IOException {
      return head().stream()
          .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst();
    }

    String accepted() throws IOException {
      String key = header("Sec-WebSocket-Key").orElseThrow();
      try {
        byte[] digest =
            MessageDigest.getInstance("SHA-1")
                .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(UTF_8));
        return Base64.getEncoder().encodeToString(digest);
      } catch (GeneralSecurityException e) {
        throw new AssertionError(e);
      }
    }

    void agree() throws IOException {
      write(agreement());
    }

    String agreement() throws IOException {
      return """
      HTTP/1.1 101 Switching Protocols
      Upgrade: websocket
      Connection: Upgrade
      Sec-WebSocket-Accept: %s
      Sec-WebSocket-Protocol: v1.control.tipring

      """
          .formatted(accepted())
          .replace("\n", "\r\n");
    }

    void write(String raw) throws IOException {
      write(raw.getBytes(ISO_8859_1));
    }

    void write(byte[] raw) throws IOException {
      out.write(raw);
      out.flush();
    }

    void say(String text) throws IOException {
      frame(FIN | TEXT, text.getBytes(UTF_8));
    }

    void frame(int bits, byte[] payload) throws IOException {
      write(framed(bits, payload));
    }

    void closeWith(int code) throws IOException {
      frame(FIN | CLOSE, ByteBuffer.allocate(2).putShort((short) code).array());
    }

    static byte[] framed(int bits, byte[] payload) {
      ByteBuffer frame = ByteBuffer.allocate(payload.length + 10).put((byte) bits);
      if (payload.length < 126) {
        frame.put((byte) payload.length);
      } else if (payload.length < 65_536) {
        frame.put((byte) 126).putShort((short) payload.length);
      } else {
        frame.put((byte) 127).putLong(payload.length);
      }
      frame.put(payload).flip();
      byte[] bytes = new byte[frame.remaining()];
      frame.get(bytes);
      return bytes;
    }

    /// The next frame of the exchange.
    Frame hear() throws IOException {
      int bits = in.readUnsignedByte();
      int second = in.readUnsignedByte();
      int length = second & 0x7f;
      if (length == 126) {
        length = in.readUnsignedShort();
      } else if (length == 127) {
        length = Math.toIntExact(in.readLong());
      }
      boolean masked = (second & 0x80) != 0;
      byte[] mask = masked ? in.readNBytes(4) : new byte[4];
      byte[] payload = in.readNBytes(length);
      for (int i = 0; i < payload.length; i++) {
        payload[i] ^= mask[i & 3];
      }
      return new Frame(bits, masked, payload);
    }

    /// Whether the exchange has ended the connection, after what it had to say.
    boolean ended() throws IOException {
      while (in.read() >= 0) {
        // what was under way
      }
      return true;
    }

    void hangUp() throws IOException {
      socket.close();
    }

    /// Ends the connection with RST.
    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }
}
