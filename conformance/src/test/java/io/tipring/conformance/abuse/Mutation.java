package io.tipring.conformance.abuse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/// Spoils a message in one to six places.
final class Mutation {
  private static final List<String> POISON =
      List.of(
          "\"",
          "<",
          ">",
          ";",
          ",",
          ":",
          "%00",
          "%",
          "\\",
          "(",
          "\r\n",
          "\r\n ",
          "\r\n\r\n",
          "\0",
          "\t",
          "[",
          "[::",
          "@",
          "=",
          "4294967296",
          "-1",
          "99999999999999999999",
          "\u00e9",
          "\ud83d\ude00",
          ";tag=",
          "SIP/2.0",
          "sip:",
          "sips:",
          "*");

  private Mutation() {}

  static byte[] of(byte[] honest, Random random) {
    byte[] bytes = honest;
    for (int i = random.nextInt(1, 7); i > 0 && bytes.length > 0; i--) {
      int at = random.nextInt(bytes.length);
      int to = Math.min(bytes.length, at + random.nextInt(1, 40));
      bytes =
          switch (random.nextInt(7)) {
            case 0 -> spliced(bytes, at, at + 1, new byte[] {(byte) random.nextInt(256)});
            case 1 ->
                spliced(
                    bytes, at, at + 1, new byte[] {(byte) (bytes[at] ^ 1 << random.nextInt(8))});
            case 2 -> spliced(bytes, at, to, new byte[0]);
            case 3 -> spliced(bytes, at, at, java.util.Arrays.copyOfRange(bytes, at, to));
            case 4 -> spliced(bytes, at, bytes.length, new byte[0]);
            case 5 ->
                spliced(
                    bytes,
                    at,
                    at,
                    poison(random).repeat(random.nextInt(1, 50)).getBytes(StandardCharsets.UTF_8));
            default -> spliced(bytes, at, at, poison(random).getBytes(StandardCharsets.UTF_8));
          };
    }
    return bytes.length > 65_000 ? java.util.Arrays.copyOf(bytes, 65_000) : bytes;
  }

  private static String poison(Random random) {
    return POISON.get(random.nextInt(POISON.size()));
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte[] middle) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + middle.length);
    out.write(bytes, 0, from);
    out.writeBytes(middle);
    out.write(bytes, to, bytes.length - to);
    return out.toByteArray();
  }
}
