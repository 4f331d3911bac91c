package dev.parley.launcher;

import dev.parley.configuration.Configuration;
import dev.parley.configuration.Secret;
import dev.parley.core.Assembly;
import dev.parley.language.Texts;
import dev.parley.loading.Loaded;
import dev.parley.loading.Models;
import dev.parley.logging.Logging;
import dev.parley.platform.PlatformException;
import dev.parley.storage.Database;
import dev.parley.telegram.TelegramOptions;
import dev.parley.telegram.TelegramPlatform;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** {@code parley} without a command: the bot on every platform that has a token, until Ctrl-C. */
final class Serving {
  private static final Duration RETRY = Duration.ofSeconds(5);

  /** Longer than everything takes that ends in its own time. */
  private static final Duration LONGEST_END = Duration.ofSeconds(30);

  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  /** Runs until the process is told to end; returns the exit status. */
  int serve(Configuration configuration, Secret token) throws Exception {
    TelegramOptions options;
    try {
      options = TelegramWiring.options(configuration.telegram(), token);
    } catch (IllegalArgumentException wrongToken) {
      System.err.println(wrongToken.getMessage());
      return 1;
    }
    DataFolder.make(configuration);
    Logging.start(configuration, false);
    Runtime.getRuntime().addShutdownHook(new Thread(this::end, "end"));
    try (Database database = Database.open(configuration.databaseFile());
        TelegramPlatform telegram = connect(options, database);
        Loaded loaded = new Models(configuration, System.err).load();
        Assembly assembly =
            Wiring.assemble(
                configuration, database, loaded, loaded.sampling(), List.of(telegram))) {
      assembly.answering().resume();
      telegram.start(assembly.core());
      assembly.background().start();
      System.out.println(StartLine.of(configuration, loaded, Texts.of(Locale.getDefault())));
      System.out.println(Texts.of(Locale.getDefault()).say("serving.telegram", telegram.botName()));
      stop.await();
      return 0;
    } catch (UncheckedIOException portTaken) {
      System.err.println(Objects.requireNonNull(portTaken.getCause()).getMessage());
      return 1;
    } catch (PlatformException refused) {
      System.err.println(
          Texts.of(Locale.getDefault())
              .say("serving.refused", String.valueOf(refused.getMessage())));
      return 1;
    } finally {
      ended.countDown();
    }
  }

  /** A machine may start before its network does. */
  private TelegramPlatform connect(TelegramOptions options, Database database)
      throws PlatformException, InterruptedException {
    boolean said = false;
    while (true) {
      try {
        return TelegramPlatform.connect(options, database, InstantSource.system());
      } catch (PlatformException e) {
        if (e.kind() != PlatformException.Kind.UNREACHABLE
            && e.kind() != PlatformException.Kind.UNKNOWN_OUTCOME) {
          throw e;
        }
        if (!said) {
          System.err.println(
              Texts.of(Locale.getDefault())
                  .say("serving.unreachable", String.valueOf(e.getMessage())));
          said = true;
        }
        if (stop.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
          throw e;
        }
      }
    }
  }

  private void end() {
    stop.countDown();
    try {
      ended.await(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
