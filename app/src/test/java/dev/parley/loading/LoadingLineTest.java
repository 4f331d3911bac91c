package dev.parley.loading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LoadingLineTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(written, true, StandardCharsets.UTF_8);

  @Test
  void theLineIsThereWhileTheModelIsLoadedAndBlankAfterwards() {
    try (var _ = LoadingLine.show(err, true)) {
      assertThat(written()).isEqualTo("Loading the model …");
    }
    assertThat(written()).endsWith("\r" + " ".repeat(19) + "\r");
  }

  @Test
  void whereNobodySeesItNothingIsWritten() {
    try (var _ = LoadingLine.show(err, false)) {
      assertThat(written()).isEmpty();
    }
    assertThat(written()).isEmpty();
  }

  private String written() {
    return written.toString(StandardCharsets.UTF_8);
  }
}
