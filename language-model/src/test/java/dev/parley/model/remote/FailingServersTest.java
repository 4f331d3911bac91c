package dev.parley.model.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.model.ChatMessage;
import dev.parley.model.FinishReason;
import dev.parley.model.Generation;
import dev.parley.model.GenerationOptions;
import dev.parley.model.GenerationResult;
import dev.parley.model.ModelException;
import dev.parley.model.SamplingOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;

/** Many questions to servers that come and go. */
class FailingServersTest {
  private static final GenerationOptions OPTIONS =
      GenerationOptions.of(100, SamplingOptions.GREEDY);
  private static final int QUESTIONS = 200;

  private final List<ScriptedServer> servers = new ArrayList<>();
  private final Ticks ticks = new Ticks(3);

  @BeforeEach
  void startServers() throws IOException {
    for (int i = 0; i < 3; i++) {
      servers.add(new ScriptedServer().lists(4096).echoes());
    }
  }

  @AfterEach
  void stopServers() {
    servers.forEach(ScriptedServer::close);
  }

  /** A question, what was heard of its answer, and how often it ended. */
  private static final class Asked {
    final String words;
    final StringBuilder heard = new StringBuilder();
    final AtomicInteger ends = new AtomicInteger();
    final Generation generation;
    final CompletableFuture<Boolean> ended;

    Asked(ServerPool pool, String words, Semaphore room) {
      this.words = words;
      this.generation = pool.generate(List.of(ChatMessage.user(words)), OPTIONS, heard::append);
      this.ended =
          generation
              .result()
              .handle(
                  (result, failure) -> {
                    ends.incrementAndGet();
                    room.release();
                    return true;
                  });
    }
  }

  @RepeatedTest(3)
  void eachQuestionIsAnsweredOnceOrFailsInOneSentence() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    Semaphore room = new Semaphore(12);
    List<Asked> all = new ArrayList<>();
    try (ServerPool pool = pool()) {
      for (int i = 0; i < QUESTIONS; i++) {
        if (i == 60) {
          servers.get(1).dies(); // in the middle of what it is saying
        }
        if (i == 140) {
          servers.get(1).revives();
          ticks.tick();
        }
        room.acquire();
        String words = "question %d of %s ".formatted(i, "word ".repeat(random.nextInt(60)));
        all.add(new Asked(pool, words.strip(), room));
      }
      all.forEach(asked -> asked.ended.join());

      Map<String, Integer> failures = new HashMap<>();
      for (Asked asked : all) {
        assertThat(asked.ends).hasValue(1);
        check(asked, failures);
      }
      assertThat(failures.values().stream().mapToInt(n -> n).sum()).isLessThanOrEqualTo(12);
      assertThat(pool.capacity().parallel()).isEqualTo(12);
      List<Integer> before = servers.stream().map(ScriptedServer::chats).toList();
      assertThat(before.stream().mapToInt(n -> n).sum())
          .as("nothing is asked twice but what came to nothing at the server that died")
          .isBetween(QUESTIONS, QUESTIONS + 12);
    }
  }

  /** The whole answer, heard once; or a part of it and a sentence. */
  private static void check(Asked asked, Map<String, Integer> failures) {
    try {
      GenerationResult result = asked.generation.result().join();
      assertThat(result.finishReason()).isEqualTo(FinishReason.END);
      assertThat(result.text()).isEqualTo(asked.words).isEqualTo(asked.heard.toString());
    } catch (CompletionException e) {
      Throwable cause = Objects.requireNonNull(e.getCause());
      assertThat(cause).isInstanceOf(ModelException.class);
      assertThat(cause.getMessage()).startsWith("The model server at ").endsWith(".");
      assertThat(asked.words).startsWith(asked.heard.toString());
      assertThat(asked.heard).isNotEmpty();
      failures.merge(String.valueOf(cause.getMessage()), 1, Integer::sum);
    }
  }

  private ServerPool pool() {
    return ServerPool.connect(
        servers.stream()
            .map(server -> RemoteModelOptions.of(server.url(), "", ApiKey.NONE).withParallel(4))
            .toList(),
        Optional.empty(),
        ScriptedServer.quickBackoff(),
        ticks);
  }
}
