package dev.parley.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.storage.Database;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressTest {
  private static final int SHARD = 0;

  @TempDir Path folder;
  private Database database;

  @BeforeEach
  void open() {
    database = Database.open(folder.resolve("parley.db"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whereNothingIsKnownNothingWasMissed() {
    assertThat(new Progress(database).missedSince(SHARD)).isZero();
  }

  @Test
  void aProcessKilledWhileItHandlesItsVeryFirstMessageIsFollowedByALookForIt() {
    new Progress(database).begin(1_000);

    assertThat(new Progress(database).missedSince(SHARD)).isEqualTo(999);
  }

  @Test
  void whatIsBeingHandledIsLookedForAgain() {
    Progress progress = new Progress(database);
    progress.begin(1_000);
    progress.begin(1_001);
    progress.end(1_001);
    progress.save();
    assertThat(new Progress(database).missedSince(SHARD)).isEqualTo(999);

    progress.end(1_000);
    progress.save();
    assertThat(new Progress(database).missedSince(SHARD)).isEqualTo(1_001);
  }
}
