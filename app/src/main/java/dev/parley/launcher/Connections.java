package dev.parley.launcher;

import dev.parley.core.Assembly;
import dev.parley.language.Texts;
import dev.parley.launcher.PlatformLink.Connected;
import dev.parley.platform.Platform;
import dev.parley.platform.PlatformException;
import dev.parley.platform.PlatformException.Kind;
import dev.parley.storage.Database;
import dev.parley.storage.DatabaseException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The platforms that have a token. One that cannot be reached yet, because a machine may start
 * before its network does, holds up no other one. Thread-safe.
 */
final class Connections implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Connections.class);
  private static final Duration RETRY = Duration.ofSeconds(5);

  /** What may be otherwise a little later. */
  private static final Set<Kind> LATER =
      Set.of(Kind.UNREACHABLE, Kind.UNKNOWN_OUTCOME, Kind.RATE_LIMITED);

  private final Texts texts;
  private final Database database;
  private final List<One> all;

  /** Names of those that are talked on. */
  private final Set<String> begun = ConcurrentHashMap.newKeySet();

  private final CountDownLatch closed = new CountDownLatch(1);

  /** A platform, and how it is reached. */
  private record One(PlatformLink link, LatePlatform platform) {}

  /** A platform does not want this bot. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    RefusedException(String message, PlatformException cause) {
      super(message, cause);
    }
  }

  Connections(List<PlatformLink> links, Database database, Texts texts) {
    this.texts = texts;
    this.database = database;
    this.all = links.stream().map(link -> new One(link, new LatePlatform(link.name()))).toList();
  }

  List<Platform> platforms() {
    return all.stream().<Platform>map(One::platform).toList();
  }

  /**
   * Tries each once, all at the same time; returns what was reached, and what was not in its order
   * as empty.
   *
   * @throws RefusedException where one of them does not want this bot: nothing is started then
   */
  List<Optional<Connected>> first() throws RefusedException, InterruptedException {
    List<Optional<Connected>> connected = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Optional<Connected>>> tries =
          all.stream().map(one -> threads.submit(() -> connect(one, true))).toList();
      for (Future<Optional<Connected>> one : tries) {
        connected.add(one.get());
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RefusedException refused) {
        throw refused;
      }
      throw new IllegalStateException(e.getCause());
    }
    return connected;
  }

  /**
   * Begins on those that were reached, and on the others as soon as they are.
   *
   * @param hopeless called where one of them, reached late, cannot be talked on and no other one is
   */
  void begin(List<Optional<Connected>> connected, Assembly assembly, Runnable hopeless) {
    for (int i = 0; i < all.size(); i++) {
      One one = all.get(i);
      connected
          .get(i)
          .ifPresentOrElse(
              reached -> begin(one, reached, assembly),
              () ->
                  Thread.ofVirtual()
                      .name("connect-" + one.link.name())
                      .start(() -> beginLater(one, assembly, hopeless)));
    }
  }

  private void begin(One one, Connected reached, Assembly assembly) {
    assembly.answering().resume(one.link.name()); // what is older comes first
    one.platform.start(assembly.core());
    begun.add(one.link.name());
    System.out.println(texts.say("serving.connected." + one.link.name(), reached.bot()));
    reached.more().forEach(System.out::println);
  }

  private void beginLater(One one, Assembly assembly, Runnable hopeless) {
    try {
      Optional<Connected> reached = Optional.empty();
      while (reached.isEmpty()) {
        if (closed.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
        reached = connectAgain(one);
      }
      synchronized (this) {
        if (closed.getCount() > 0) {
          begin(one, reached.get(), assembly);
        }
      }
    } catch (RefusedException | UncheckedIOException | DatabaseException e) { // or a taken port
      System.err.println(e.getMessage());
      if (!isTalking()) {
        hopeless.run();
      }
    } catch (InterruptedException e) { // nobody does
      Thread.currentThread().interrupt();
    }
  }

  private Optional<Connected> connectAgain(One one) throws RefusedException {
    try {
      return connect(one, false);
    } catch (DatabaseException e) { // as on a full disk
      log.warn("{} has to wait: {}", one.link.title(), e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<Connected> connect(One one, boolean say) throws RefusedException {
    try {
      Connected connected = one.link.connector().connect(database);
      synchronized (this) {
        one.platform.reached(connected.platform());
        if (closed.getCount() == 0) {
          connected.platform().close();
        }
      }
      return closed.getCount() == 0 ? Optional.empty() : Optional.of(connected);
    } catch (PlatformException e) {
      String why = String.valueOf(e.getMessage());
      if (!LATER.contains(e.kind())) {
        throw new RefusedException(texts.say("serving.refused." + one.link.name(), why), e);
      }
      if (say) {
        System.err.println(texts.say("serving.unreachable", one.link.title(), why));
      }
      return Optional.empty();
    }
  }

  /** Whether people are answered on any of them. */
  boolean isTalking() {
    return !begun.isEmpty();
  }

  /** Begins on no other one from now on. */
  synchronized void stop() {
    closed.countDown();
  }

  @Override
  public synchronized void close() {
    closed.countDown();
    all.reversed().forEach(one -> one.platform.close());
  }
}
