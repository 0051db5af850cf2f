package io.tipring.wire.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Vector;
import javax.sdp.SdpException;
import javax.sdp.SdpFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Our reading held against that of `javax.sdp`, which strangers wrote.
class SdpDifferentialTest {
  private static final List<String> NAMES = SdpFixtures.NAMES;
  private static final long SEED = 20_261_121;
  private static final int GENERATED = 3_000;

  @ParameterizedTest
  @FieldSource("NAMES")
  void bothReadThePhonesAlike(String name) throws SdpException {
    compare(new String(SdpFixtures.read(name), StandardCharsets.UTF_8));
  }

  @Test
  void bothReadGeneratedDescriptionsAlike() {
    Random random = new Random(SEED);
    for (int i = 0; i < GENERATED; i++) {
      String text = generate(random);
      assertThatCode(() -> compare(text))
          .as("seed %d, description %d:%n%s", SEED, i, text)
          .doesNotThrowAnyException();
    }
  }

  private static void compare(String text) throws SdpException {
    SessionDescription ours = new SdpParser().parse(text);
    javax.sdp.SessionDescription theirs = SdpFactory.getInstance().createSessionDescription(text);

    Origin origin = ours.origin();
    assertThat(origin.username()).isEqualTo(theirs.getOrigin().getUsername());
    assertThat(Long.parseLong(origin.sessionId())).isEqualTo(theirs.getOrigin().getSessionId());
    assertThat(Long.parseLong(origin.version())).isEqualTo(theirs.getOrigin().getSessionVersion());
    assertThat(origin.address()).isEqualTo(unbracketed(theirs.getOrigin().getAddress()));
    assertThat(connection(ours.connection().orElse(null)))
        .isEqualTo(connection(theirs.getConnection()));
    assertThat(attributes(ours.attributes()))
        .isEqualTo(theirAttributes(theirs.getAttributes(false)));

    Vector<?> streams = theirs.getMediaDescriptions(true);
    assertThat(ours.media()).hasSize(streams.size());
    for (int i = 0; i < streams.size(); i++) {
      compare(ours.media().get(i), (javax.sdp.MediaDescription) streams.get(i));
    }
  }

  private static void compare(MediaDescription ours, javax.sdp.MediaDescription theirs)
      throws SdpException {
    MediaLine line = ours.line();
    assertThat(line.media()).isEqualTo(theirs.getMedia().getMediaType());
    assertThat(line.port()).isEqualTo(theirs.getMedia().getMediaPort());
    assertThat(line.portCount().orElse(0)).isEqualTo(theirs.getMedia().getPortCount());
    assertThat(line.protocol()).isEqualTo(theirs.getMedia().getProtocol());
    Vector<?> formats = theirs.getMedia().getMediaFormats(true);
    assertThat(line.formats()).isEqualTo(formats.stream().map(Object::toString).toList());
    assertThat(connection(ours.connection().orElse(null)))
        .isEqualTo(connection(theirs.getConnection()));
    assertThat(attributes(ours.attributes()))
        .isEqualTo(theirAttributes(theirs.getAttributes(false)));
  }

  private static String connection(@Nullable Connection ours) {
    return ours == null ? "none" : ours.netType() + " " + ours.addressType() + " " + ours.address();
  }

  private static String connection(javax.sdp.@Nullable Connection theirs) throws SdpException {
    return theirs == null
        ? "none"
        : theirs.getNetworkType()
            + " "
            + theirs.getAddressType()
            + " "
            + unbracketed(theirs.getAddress());
  }

  /// Known difference: javax.sdp hands out IPv6 addresses in the brackets of a URI; RFC 8866 5.7
  /// has none.
  private static String unbracketed(String address) {
    return address.startsWith("[") ? address.substring(1, address.length() - 1) : address;
  }

  private static List<String> attributes(List<Attribute> ours) {
    return ours.stream()
        .map(a -> a.name() + a.value().map(value -> "=" + value.strip()).orElse(""))
        .toList();
  }

  private static List<String> theirAttributes(@Nullable Vector<?> theirs) throws SdpException {
    List<String> all = new ArrayList<>();
    for (Object entry : theirs == null ? List.of() : theirs) {
      javax.sdp.Attribute attribute = (javax.sdp.Attribute) entry;
      all.add(
          attribute.getName() + (attribute.hasValue() ? "=" + attribute.getValue().strip() : ""));
    }
    return all;
  }

  private static String generate(Random random) {
    StringBuilder text = new StringBuilder("v=0\r\n");
    boolean six = random.nextBoolean();
    String address =
        six
            ? "IN IP6 2001:db8::" + Integer.toHexString(random.nextInt(1, 65_535))
            : "IN IP4 192.0.2." + random.nextInt(256);
    text.append("o=")
        .append(pick(random, "-", "alice", "MxSIP", "x.y_z"))
        .append(' ')
        .append(random.nextLong(1, Long.MAX_VALUE));
    text.append(' ').append(random.nextInt(1 << 30)).append(' ').append(address).append("\r\n");
    text.append("s=").append(pick(random, "-", "a call", "Talk")).append("\r\n");
    if (random.nextBoolean()) {
      text.append("c=").append(address).append("\r\n");
    }
    if (random.nextInt(4) == 0) {
      text.append("b=AS:").append(random.nextInt(1000)).append("\r\n");
    }
    text.append("t=0 0\r\n");
    attributes(random, text);
    int streams = random.nextInt(4);
    for (int i = 0; i < streams; i++) {
      stream(random, text, address);
    }
    return text.toString();
  }

  private static void stream(Random random, StringBuilder text, String address) {
    text.append("m=")
        .append(pick(random, "audio", "video", "text", "application"))
        .append(' ')
        .append(random.nextInt(65_536));
    if (random.nextInt(8) == 0) {
      text.append('/').append(random.nextInt(1, 5));
    }
    text.append(' ').append(pick(random, "RTP/AVP", "RTP/AVPF", "RTP/SAVP", "UDP/TLS/RTP/SAVPF"));
    for (int format = random.nextInt(1, 6); format > 0; format--) {
      text.append(' ').append(random.nextInt(128));
    }
    text.append("\r\n");
    if (random.nextBoolean()) {
      text.append("c=").append(address).append("\r\n");
    }
    attributes(random, text);
  }

  private static void attributes(Random random, StringBuilder text) {
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append("a=")
          .append(
              pick(
                  random,
                  "sendonly",
                  "inactive",
                  "rtcp-mux",
                  "ptime:30",
                  "rtpmap:0 PCMU/8000",
                  "rtpmap:96 opus/48000/2",
                  "fmtp:101 0-15",
                  "rtcp:4001 IN IP4 192.0.2.7",
                  "setup:actpass",
                  "mid:0",
                  "ice-ufrag:ab/+",
                  "X-own:a:b=c"))
          .append("\r\n");
    }
  }

  private static String pick(Random random, String... choices) {
    return Arrays.asList(choices).get(random.nextInt(choices.length));
  }
}
