package dev.parley.model.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DailyDialogFileTest {
  @TempDir private Path folder;

  @Test
  void turnsEndAtTheirMarkAndTheRestOfTheLineIsLeftOut() throws IOException {
    Path file = write("Hi . __eou__ Hello ! __eou__\t1\t1 1\t0 0\n\n你好。__eou__再见。__eou__\t2\n");

    assertThat(DailyDialogFile.read(file))
        .containsExactly(List.of("Hi.", "Hello!"), List.of("你好。", "再见。"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "I don 't know .|I don't know.",
        "it ’ s Jane , I ’ Ve seen her|it’s Jane, I’Ve seen her",
        "It costs $ 5 ( about 10 % more ) .|It costs $5 (about 10% more).",
        "She said 'yes' to me|She said 'yes' to me",
      })
  void signsAreJoinedToTheirWords(String written, String joined) throws IOException {
    Path file = write(written + " __eou__ Yes . __eou__\n");

    assertThat(DailyDialogFile.read(file).getFirst().getFirst()).isEqualTo(joined);
  }

  @Test
  void gzipIsRead() throws IOException {
    Path file = Files.write(folder.resolve("x.txt.gz"), Rows.zipped("A __eou__ B __eou__\n"));

    assertThat(DailyDialogFile.read(file)).containsExactly(List.of("A", "B"));
  }

  @Test
  void whatIsNoDialogueIsNamed() {
    assertThatThrownBy(() -> DailyDialogFile.read(write("A __eou__ B __eou__\n{\"a\": 1}\n")))
        .isInstanceOf(DataException.class)
        .hasMessage("talk.txt, line 2: expected turns that end with __eou__, found none");
    assertThatThrownBy(() -> DailyDialogFile.read(write("alone __eou__\n")))
        .hasMessage("talk.txt, line 1: expected two turns or more, found 1");
    assertThatThrownBy(() -> DailyDialogFile.read(write("A\0 __eou__ B __eou__\n")))
        .hasMessage("talk.txt, line 1: expected text in a turn, found a NUL character");
    assertThatThrownBy(() -> DailyDialogFile.read(write("\n")))
        .hasMessage("talk.txt: expected lines of dialogues, found none");
    assertThatThrownBy(() -> DailyDialogFile.read(folder.resolve("missing")))
        .isInstanceOf(NoSuchFileException.class);
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("talk.txt"), text);
  }
}
