package io.tipring.edge.rtp;

import io.tipring.wire.rtp.RtcpCompound;
import io.tipring.wire.rtp.RtpCheck;
import io.tipring.wire.rtp.RtpPacket;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;

/// A telephone's RTP and RTCP on real sockets. Each receive has a deadline of 20 s; the other
/// side's packets are its clock.
final class Telephone implements AutoCloseable {
  static final int SSRC = 0x7e1e;

  private static final int DEADLINE_MILLIS = 20_000;

  final DatagramSocket rtp;
  final DatagramSocket rtcp;
  final Tone tone = new Tone();
  private final InetAddress host;
  private final byte[] buffer = new byte[2048];
  private final RtpPacket packet = new RtpPacket();
  private int sequence = 65_530;
  private int timestamp = -800;

  Telephone(InetAddress host) throws IOException {
    this.host = host;
    rtp = new DatagramSocket(new InetSocketAddress(host, 0));
    rtcp = new DatagramSocket(new InetSocketAddress(host, 0));
    rtp.setSoTimeout(DEADLINE_MILLIS);
    rtcp.setSoTimeout(DEADLINE_MILLIS);
  }

  /// Sends 20 ms of a sine.
  void speak(int port, int hertz) throws IOException {
    send(port, 0, tone.frame(hertz));
    timestamp += 160;
  }

  void send(int port, int payloadType, byte[] payload) throws IOException {
    byte[] bytes = new byte[RtpPacket.HEADER_LENGTH + payload.length];
    RtpPacket.writeHeader(bytes, 0, false, payloadType, sequence++, timestamp, SSRC);
    System.arraycopy(payload, 0, bytes, RtpPacket.HEADER_LENGTH, payload.length);
    rtp.send(new DatagramPacket(bytes, bytes.length, new InetSocketAddress(host, port)));
  }

  /// Waits for the next RTP packet and listens to it. The packet is good until the next call.
  RtpPacket hear() throws IOException {
    DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
    rtp.receive(datagram);
    RtpCheck check = packet.wrap(buffer, 0, datagram.getLength());
    if (check != RtpCheck.VALID) {
      throw new IOException("received what is not RTP: " + check);
    }
    tone.hear(buffer, packet.payloadOffset(), packet.payloadLength());
    return packet;
  }

  /// Waits for the next RTCP packet.
  RtcpCompound.Reading report() throws IOException {
    DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
    rtcp.receive(datagram);
    byte[] bytes = Arrays.copyOf(buffer, datagram.getLength());
    return RtcpCompound.read(bytes, 0, bytes.length);
  }

  @Override
  public void close() {
    rtp.close();
    rtcp.close();
  }
}
