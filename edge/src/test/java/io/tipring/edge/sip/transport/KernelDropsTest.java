package io.tipring.edge.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KernelDropsTest {
  @Test
  void addsUpTheSocketsOfThatPort() {
    List<String> lines =
        List.of(
            "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops",
            "  356: 0100007F:13C4 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 48 2 0000000000000000 12",
            "  357: 00000000:13C4 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 49 2 0000000000000000 30",
            "  358: 00000000:13C5 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 50 2 0000000000000000 7");
    assertThat(KernelDrops.sum(lines, 5060)).isEqualTo(42);
    assertThat(KernelDrops.sum(lines, 5062)).isZero();
  }
}
