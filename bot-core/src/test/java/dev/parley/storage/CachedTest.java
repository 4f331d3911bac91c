package dev.parley.storage;

import static dev.parley.storage.Stores.ADA;
import static dev.parley.storage.Stores.GROUP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.person.CustomInstructions;
import dev.parley.platform.Person;
import dev.parley.settings.Creativity;
import dev.parley.settings.Setting;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachedTest {
  private static final CustomInstructions BRIEF = new CustomInstructions("", "Briefly.", true);

  @TempDir Path folder;

  private Stores stores;

  @BeforeEach
  void open() {
    stores = Stores.open(folder);
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void whatIsReadTwiceIsLoadedOnce() {
    AtomicInteger loads = new AtomicInteger();
    Cached<String, Integer> cached =
        new Cached<>(stores.database, 10, key -> loads.incrementAndGet());

    assertThat(cached.get("tide")).isEqualTo(cached.get("tide"));
    assertThat(loads).hasValue(1);
  }

  @Test
  void aReadAfterAWriteSeesIt() {
    assertThat(stores.instructions.of(ADA)).isEqualTo(CustomInstructions.NONE);
    stores.instructions.save(ADA, BRIEF);
    assertThat(stores.instructions.of(ADA)).isEqualTo(BRIEF);
    stores.settings.set(GROUP, Setting.CREATIVITY, Creativity.PRECISE);
    assertThat(stores.settings.resolve(Setting.CREATIVITY, GROUP).value())
        .isEqualTo(Creativity.PRECISE);
  }

  @Test
  void aTransactionSeesItsOwnWrites() {
    assertThat(stores.instructions.of(ADA)).isEqualTo(CustomInstructions.NONE);
    stores.database.update(
        handle -> {
          stores.instructions.save(ADA, BRIEF);
          assertThat(stores.instructions.of(ADA)).isEqualTo(BRIEF);
        });
  }

  @Test
  void aRollbackLeavesTheOldValueEvenIfTheNewOneWasRead() {
    assertThatThrownBy(
            () ->
                stores.database.update(
                    handle -> {
                      stores.people.meet(new Person(ADA, "Forged", Locale.ROOT, false));
                      stores.instructions.save(ADA, BRIEF);
                      stores.settings.set(GROUP, Setting.CREATIVITY, Creativity.PRECISE);
                      assertThat(stores.instructions.of(ADA)).isEqualTo(BRIEF);
                      throw new IllegalStateException("stop");
                    }))
        .hasMessage("stop");

    assertThat(stores.people.find(ADA).orElseThrow().name()).isEqualTo("Ada");
    assertThat(stores.instructions.of(ADA)).isEqualTo(CustomInstructions.NONE);
    assertThat(stores.settings.resolve(Setting.CREATIVITY, GROUP).value())
        .isEqualTo(Creativity.BALANCED);
  }

  @Test
  void whoeverReadsWhileSomebodyWritesEndsWithTheNewValue() throws InterruptedException {
    AtomicBoolean running = new AtomicBoolean(true);
    AtomicInteger backwards = new AtomicInteger();
    Thread reader =
        Thread.startVirtualThread(
            () -> {
              int last = 0;
              while (running.get()) {
                int seen = written();
                backwards.addAndGet(seen < last ? 1 : 0);
                last = seen;
              }
            });
    for (int i = 1; i <= 300; i++) {
      stores.instructions.save(ADA, new CustomInstructions(String.valueOf(i), "", true));
      assertThat(written()).isEqualTo(i);
    }
    running.set(false);
    reader.join();

    assertThat(backwards).hasValue(0);
  }

  private int written() {
    String about = stores.instructions.of(ADA).about();
    return about.isEmpty() ? 0 : Integer.parseInt(about);
  }
}
