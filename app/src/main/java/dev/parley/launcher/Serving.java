package dev.parley.launcher;

import dev.parley.backup.Backups;
import dev.parley.configuration.Configuration;
import dev.parley.core.Assembly;
import dev.parley.language.Texts;
import dev.parley.launcher.Connections.RefusedException;
import dev.parley.launcher.PlatformLink.Connected;
import dev.parley.learning.VersionedModel;
import dev.parley.loading.Models;
import dev.parley.loading.VersionLoader;
import dev.parley.logging.Logging;
import dev.parley.storage.Database;
import dev.parley.watch.WatchServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** {@code parley} without a command: the bot on every platform that has a token, until Ctrl-C. */
final class Serving {
  /** A third of what {@link EndSignal} grants: the rest is delivering and closing. */
  private static final Duration LONGEST_DRAIN = Duration.ofSeconds(10);

  private final Texts texts = Texts.of(Locale.getDefault());
  private volatile boolean hopeless;

  /**
   * Runs until the process is told to end; returns the exit status.
   *
   * @param links to at least one platform
   */
  int serve(Configuration configuration, List<PlatformLink> links) throws Exception {
    DataFolder.make(configuration);
    Logging.start(configuration, false);
    try (EndSignal end = EndSignal.listen();
        Database database = Database.open(configuration.databaseFile());
        Connections connections = new Connections(links, database, texts)) {
      return serve(configuration, database, connections, end);
    } catch (UncheckedIOException portTaken) {
      System.err.println(Objects.requireNonNull(portTaken.getCause()).getMessage());
      return 1;
    } catch (RefusedException refused) {
      System.err.println(refused.getMessage());
      return 1;
    }
  }

  private int serve(
      Configuration configuration, Database database, Connections connections, EndSignal end)
      throws Exception {
    List<Optional<Connected>> reached = connections.first();
    Models models = new Models(configuration, System.err);
    try (VersionLoader loader = VersionLoader.of(models, configuration);
        VersionedModel model = Wiring.open(database, loader);
        Assembly assembly =
            Wiring.assemble(
                configuration,
                database,
                model,
                loader,
                loader.first().sampling(),
                connections.platforms())) {
      System.out.println(StartLine.of(configuration, loader.first(), texts));
      connections.begin(
          reached,
          assembly,
          () -> {
            hopeless = true;
            end.give();
          });
      assembly.background().start();
      try (AutoCloseable _ = backups(configuration);
          AutoCloseable _ = watch(configuration, database, loader, assembly, connections)) {
        end.await();
      }
      connections.stop();
      assembly.queue().drain(LONGEST_DRAIN);
      return hopeless ? 1 : 0;
    }
  }

  /** Tells those who watch how it is, where there are any. */
  private static AutoCloseable watch(
      Configuration configuration,
      Database database,
      VersionLoader loader,
      Assembly assembly,
      Connections connections)
      throws IOException {
    Configuration.Watch watch = configuration.watch();
    if (watch.port().isEmpty()) {
      return () -> {};
    }
    WatchServer server =
        WatchServer.start(
            new InetSocketAddress(watch.host(), watch.port().get()),
            database,
            loader.meter(),
            assembly.tally(),
            assembly.queue()::running,
            assembly.queue()::waiting,
            InstantSource.system());
    System.out.printf(
        "Watch it at http://%s:%d/metrics%n",
        server.address().getHostString(), server.address().getPort());
    server.ready(connections::isTalking);
    return server;
  }

  /** Makes copies of the database, where the operator wants any. */
  private static AutoCloseable backups(Configuration configuration) {
    Backups backups = Backups.of(configuration);
    return configuration.backup().every().map(backups::start).orElse(() -> {});
  }
}
