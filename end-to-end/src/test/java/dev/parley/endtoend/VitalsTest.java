package dev.parley.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class VitalsTest {
  private static final int LOOKS = 40;

  private final Vitals vitals = new Vitals();

  @Test
  void whatOpensMoreAndMoreHandlesIsNotFlat() throws IOException {
    List<InputStream> open = new ArrayList<>();
    try {
      for (int i = 0; i < LOOKS; i++) {
        for (int handle = 0; handle < 20; handle++) {
          open.add(new FileInputStream("/proc/self/status"));
        }
        vitals.look(ProcessHandle.current().pid());
      }
    } finally {
      for (InputStream handle : open) {
        handle.close();
      }
    }
    assertThatThrownBy(vitals::assertFlat)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("file handles");
  }

  @Test
  void whatOnlyComesAndGoesIsFlat() throws Exception {
    Process resting = new ProcessBuilder("sleep", "600").start();
    try {
      for (int i = 0; i < LOOKS; i++) {
        vitals.look(i % 3 == 0 ? ProcessHandle.current().pid() : resting.pid());
      }
      vitals.assertFlat();
      assertThat(vitals.table()).contains("| threads | 1 to ", "quarter: 1, 1, 1, 1 |");
    } finally {
      resting.destroyForcibly();
    }
  }
}
