package dev.parley.launcher;

import dev.parley.configuration.Configuration;
import dev.parley.core.Assembly;
import dev.parley.language.Texts;
import dev.parley.launcher.PlatformLink.Connected;
import dev.parley.loading.Loaded;
import dev.parley.loading.Models;
import dev.parley.logging.Logging;
import dev.parley.platform.Platform;
import dev.parley.platform.PlatformException;
import dev.parley.storage.Database;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
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

  private final Texts texts = Texts.of(Locale.getDefault());
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  /** A platform does not want this bot. */
  private static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    RefusedException(String message, PlatformException cause) {
      super(message, cause);
    }
  }

  /** Platforms that were reached, and close together. */
  private record Platforms(List<Connected> reached) implements AutoCloseable {
    List<Platform> all() {
      return reached.stream().map(Connected::platform).toList();
    }

    @Override
    public void close() {
      all().reversed().forEach(Platform::close);
    }
  }

  /**
   * Runs until the process is told to end; returns the exit status.
   *
   * @param links to at least one platform
   */
  int serve(Configuration configuration, List<PlatformLink> links) throws Exception {
    DataFolder.make(configuration);
    Logging.start(configuration, false);
    Runtime.getRuntime().addShutdownHook(new Thread(this::end, "end"));
    try (Database database = Database.open(configuration.databaseFile());
        Platforms platforms = connect(links, database);
        Loaded loaded = new Models(configuration, System.err).load();
        Assembly assembly =
            Wiring.assemble(configuration, database, loaded, loaded.sampling(), platforms.all())) {
      assembly.answering().resume();
      platforms.all().forEach(platform -> platform.start(assembly.core()));
      assembly.background().start();
      System.out.println(StartLine.of(configuration, loaded, texts));
      for (Connected connected : platforms.reached) {
        String key = "serving.connected." + connected.platform().name();
        System.out.println(texts.say(key, connected.bot()));
        connected.more().forEach(System.out::println);
      }
      stop.await();
      return 0;
    } catch (UncheckedIOException portTaken) {
      System.err.println(Objects.requireNonNull(portTaken.getCause()).getMessage());
      return 1;
    } catch (RefusedException refused) {
      System.err.println(refused.getMessage());
      return 1;
    } catch (StoppedException stopped) {
      return 0;
    } finally {
      ended.countDown();
    }
  }

  /** The process was told to end before everything was reached. */
  private static final class StoppedException extends Exception {
    private static final long serialVersionUID = 1;
  }

  private Platforms connect(List<PlatformLink> links, Database database)
      throws RefusedException, StoppedException, InterruptedException {
    List<Connected> reached = new ArrayList<>();
    Platforms platforms = new Platforms(reached);
    boolean whole = false;
    try {
      for (PlatformLink link : links) {
        reached.add(connect(link, database));
      }
      whole = true;
      return platforms;
    } finally {
      if (!whole) {
        platforms.close();
      }
    }
  }

  /** A machine may start before its network does. */
  private Connected connect(PlatformLink link, Database database)
      throws RefusedException, StoppedException, InterruptedException {
    boolean said = false;
    while (true) {
      try {
        return link.connector().connect(database);
      } catch (PlatformException e) {
        String why = String.valueOf(e.getMessage());
        if (e.kind() != PlatformException.Kind.UNREACHABLE
            && e.kind() != PlatformException.Kind.UNKNOWN_OUTCOME) {
          throw new RefusedException(texts.say("serving.refused." + link.name(), why), e);
        }
        if (!said) {
          System.err.println(texts.say("serving.unreachable", link.title(), why));
          said = true;
        }
        if (stop.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new StoppedException();
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
