package dev.parley.model.remote;

import dev.parley.model.Capacity;
import dev.parley.model.ChatMessage;
import dev.parley.model.Generation;
import dev.parley.model.GenerationOptions;
import dev.parley.model.LanguageModel;
import dev.parley.model.ModelException;
import dev.parley.model.ModelInfo;
import dev.parley.model.TextListener;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Several servers of one model, used as one. A generation goes to the server with the least to do,
 * or back to the one that has its conversation's beginning in the KV cache; one that fails before
 * its first text goes on to the next server, and to the model that stands in where none is left.
 * Servers are asked how they are while they have nothing to do, and while they fail. Thread-safe.
 */
public final class ServerPool implements LanguageModel {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

  /** By how much the server that knows a conversation may be busier than another. */
  private static final int WORTH_A_WARM_CACHE = 1;

  private final List<PooledServer> servers;
  private final Optional<Standby> standby;
  private final Pause pause;
  private final List<Thread> watches;
  private final Set<PooledGeneration> running = ConcurrentHashMap.newKeySet();

  /** Guards the servers' load and the beginnings, so that many at once spread. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Beginnings<PooledServer> beginnings = new Beginnings<>();
  private volatile boolean closed;

  private ServerPool(List<PooledServer> servers, Optional<Standby> standby, Pause pause) {
    this.servers = servers;
    this.standby = standby;
    this.pause = pause;
    this.watches =
        servers.stream()
            .map(server -> Thread.ofVirtual().name("model-server-watch").unstarted(watch(server)))
            .toList();
  }

  /**
   * Asks all servers what they serve; those that do not answer now are taken in when they do.
   *
   * @param standby what answers while no server does; closed with the pool
   * @throws ModelException if none answers and nothing stands in
   */
  public static ServerPool connect(List<RemoteModelOptions> servers, Optional<Standby> standby) {
    return connect(servers, standby, RemoteModel.usualBackoff(), Thread::sleep);
  }

  static ServerPool connect(
      List<RemoteModelOptions> addresses, Optional<Standby> standby, Backoff backoff, Pause pause) {
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("there is no server");
    }
    Backoff patience = addresses.size() > 1 ? backoff.impatient() : backoff;
    List<PooledServer> servers =
        addresses.stream().map(options -> new PooledServer(options, patience)).toList();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      servers.forEach(server -> threads.execute(server::look));
    }
    ServerPool pool = new ServerPool(servers, standby, pause);
    if (standby.isEmpty() && servers.stream().noneMatch(PooledServer::isHealthy)) {
      throw pool.nobodyAnswers();
    }
    pool.watches.forEach(Thread::start);
    return pool;
  }

  /** The first server's name, and the smallest context of all: what fits there fits anywhere. */
  @Override
  public ModelInfo info() {
    List<ModelInfo> known = served().map(RemoteModel::info).toList();
    List<ModelInfo> all =
        Stream.concat(known.stream(), standby.stream().map(Standby::info)).toList();
    ModelInfo first = all.getFirst();
    List<ModelInfo> named = known.isEmpty() ? all : known;
    return new ModelInfo(
        first.name(),
        named.stream().map(ModelInfo::version).collect(Collectors.joining(", ")),
        all.stream().mapToInt(ModelInfo::contextLength).min().orElseThrow(),
        first.licence(),
        first.languages());
  }

  /** That of the servers that are well; else of what stands in. */
  @Override
  public Capacity capacity() {
    List<Capacity> each =
        servers.stream()
            .filter(PooledServer::isHealthy)
            .flatMap(server -> server.model().stream())
            .map(RemoteModel::capacity)
            .toList();
    if (each.isEmpty()) {
      return standby
          .flatMap(Standby::opened)
          .map(LanguageModel::capacity)
          .orElseGet(() -> new Speed(1).capacity());
    }
    return new Capacity(
        each.stream().mapToInt(Capacity::parallel).sum(),
        average(each, Capacity::prefillTokensPerSecond),
        average(each, Capacity::decodeTokensPerSecond));
  }

  private static double average(Collection<Capacity> each, ToDoubleFunction<Capacity> speed) {
    return each.stream().mapToDouble(speed).average().orElseThrow();
  }

  /** An estimate, as of {@link RemoteModel}. */
  @Override
  public int countTokens(List<ChatMessage> messages) {
    return TokenEstimate.of(messages);
  }

  @Override
  public Generation generate(
      List<ChatMessage> messages, GenerationOptions options, TextListener listener) {
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("there is no message to answer");
    }
    int promptTokens = countTokens(messages);
    if (!hasRoomFor(promptTokens)) {
      throw new IllegalArgumentException(
          "the prompt has about %d tokens and leaves no room in the context of any server"
              .formatted(promptTokens));
    }
    PooledGeneration generation = new PooledGeneration(this, messages, options, listener);
    running.add(generation);
    if (closed) {
      running.remove(generation);
      throw new ModelException("The model servers are closed.");
    }
    var _ = generation.result().whenComplete((result, failure) -> running.remove(generation));
    generation.next(Optional.empty());
    return generation;
  }

  private boolean hasRoomFor(int promptTokens) {
    return servers.stream().anyMatch(server -> server.hasRoomFor(promptTokens))
        || standby.filter(s -> promptTokens < s.info().contextLength()).isPresent();
  }

  /**
   * The server for the next attempt, counted as busy until {@link #release}. Where none is well and
   * nothing stands in, those that failed are tried too: it may be over, and if not, they say why.
   */
  Optional<PooledServer> take(List<ChatMessage> messages, Set<PooledServer> tried) {
    int promptTokens = countTokens(messages);
    List<PooledServer> left =
        servers.stream()
            .filter(server -> !tried.contains(server) && server.hasRoomFor(promptTokens))
            .toList();
    List<PooledServer> well = left.stream().filter(PooledServer::isHealthy).toList();
    lock.lock();
    try {
      Optional<PooledServer> taken =
          choose(well.isEmpty() && standby.isEmpty() ? left : well, messages);
      taken.ifPresent(
          server -> {
            server.running++;
            server.given++;
            beginnings.put(messages, server);
          });
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private Optional<PooledServer> choose(List<PooledServer> among, List<ChatMessage> messages) {
    int least = among.stream().mapToInt(server -> server.running).min().orElse(0);
    return beginnings
        .longest(messages)
        .filter(among::contains)
        .filter(warm -> warm.running < warm.parallel())
        .filter(warm -> warm.running - least <= WORTH_A_WARM_CACHE)
        .or(
            () ->
                among.stream()
                    .min(
                        Comparator.<PooledServer>comparingDouble(
                                server -> (double) server.running / server.parallel())
                            .thenComparingLong(server -> server.given)));
  }

  void release(PooledServer server) {
    lock.lock();
    try {
      server.running--;
    } finally {
      lock.unlock();
    }
  }

  Optional<Standby> standby() {
    return standby;
  }

  /** What each server said. */
  ModelException nobodyAnswers() {
    return new ModelException(
        servers.stream()
            .flatMap(server -> server.failure().stream())
            .map(ModelException::getMessage)
            .collect(Collectors.joining(" ")));
  }

  private Stream<RemoteModel> served() {
    return servers.stream().flatMap(server -> server.model().stream());
  }

  private Runnable watch(PooledServer server) {
    return () -> {
      try {
        while (!closed) {
          pause.await(BETWEEN_LOOKS);
          if (!server.isHealthy() || isIdle(server)) {
            server.look();
          }
        }
      } catch (InterruptedException end) {
        // the pool is closed
      }
    };
  }

  private boolean isIdle(PooledServer server) {
    lock.lock();
    try {
      return server.running == 0;
    } finally {
      lock.unlock();
    }
  }

  /** Of the model that stands by: what servers keep is theirs. */
  @Override
  public void forget() {
    standby.flatMap(Standby::opened).ifPresent(LanguageModel::forget);
  }

  @Override
  public void close() {
    closed = true;
    List<PooledGeneration> ending = List.copyOf(running);
    ending.forEach(PooledGeneration::cancel);
    ending.forEach(generation -> generation.result().handle((result, failure) -> true).join());
    watches.forEach(Thread::interrupt);
    watches.forEach(ServerPool::await);
    servers.forEach(PooledServer::close);
    standby.ifPresent(Standby::close);
  }

  private static void await(Thread ending) {
    try {
      ending.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // what is left ends by itself
    }
  }
}
