package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.model.ChatMessage;
import dev.parley.model.FinishReason;
import dev.parley.model.Generation;
import dev.parley.model.GenerationOptions;
import dev.parley.model.GenerationResult;
import dev.parley.model.SamplingOptions;
import dev.parley.model.TextListener;
import dev.parley.model.engine.LocalModel;
import dev.parley.model.remote.ApiKey;
import dev.parley.model.remote.RemoteModelOptions;
import dev.parley.model.remote.ServerPool;
import dev.parley.model.remote.Standby;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two of our own servers behind the pool of another Parley. */
class SeveralParleysTest {
  private static final String KEY = "sk-between-us";
  private static final GenerationOptions OPTIONS =
      GenerationOptions.of(20, SamplingOptions.GREEDY).withIgnoreEnd();

  @Test
  void twoServersShareTheWorkAndAnswerAsTheModelDoes() throws IOException {
    try (LocalModel model = Served.tiny(2);
        Served one = Served.with(model).key(KEY).serve();
        Served two = Served.with(model).key(KEY).serve();
        ServerPool pool = pool(Optional.empty(), one, two)) {
      List<Generation> begun = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        begun.add(pool.generate(question(i), OPTIONS, TextListener.NONE));
      }
      for (int i = 0; i < 8; i++) {
        String near =
            model.generate(question(i), OPTIONS, TextListener.NONE).result().join().text();
        assertThat(begun.get(i).result().join().text()).isEqualTo(near);
      }

      assertThat(pool.info().contextLength()).isEqualTo(model.info().contextLength());
      await().until(() -> asked(one) + asked(two) == 8);
      assertThat(asked(one)).isPositive();
      assertThat(asked(two)).isPositive();
    }
  }

  @Test
  void whatAServerThatEndsHadNotBegunIsAnsweredByTheOther() throws Exception {
    HeldModel first = new HeldModel(4);
    HeldModel second = new HeldModel(4);
    try (Served one = Served.with(first).key(KEY).serve();
        Served two = Served.with(second).key(KEY).serve();
        ServerPool pool = pool(Optional.empty(), one, two)) {
      Generation answer = pool.generate(question(1), OPTIONS, TextListener.NONE);
      await().until(() -> first.runs.size() == 1);

      first.runs.getFirst().fail("The model is gone.");

      await().until(() -> second.runs.size() == 1);
      second.runs.getFirst().write("The moon.");
      second.runs.getFirst().end();
      assertThat(answer.result().join().text()).isEqualTo("The moon.");
      assertThat(first.runs).hasSize(1);
    }
  }

  @Test
  void whereAllHaveEndedTheModelHereAnswers() throws IOException {
    try (LocalModel here = Served.tiny(1)) {
      Served one = Served.with(new HeldModel(1)).key(KEY).serve();
      Served two = Served.with(new HeldModel(1)).key(KEY).serve();
      try (ServerPool pool = pool(Optional.of(standby()), one, two)) {
        one.close();
        two.close();

        GenerationResult result =
            pool.generate(question(1), OPTIONS, TextListener.NONE).result().join();

        assertThat(result.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(result.text())
            .isEqualTo(
                here.generate(question(1), OPTIONS, TextListener.NONE).result().join().text());
      }
    }
  }

  @Test
  void cancellingEndsItOnItsServer() throws Exception {
    HeldModel first = new HeldModel(4);
    HeldModel second = new HeldModel(4);
    try (Served one = Served.with(first).key(KEY).serve();
        Served two = Served.with(second).key(KEY).serve();
        ServerPool pool = pool(Optional.empty(), one, two)) {
      Generation answer = pool.generate(question(1), OPTIONS, TextListener.NONE);
      await().until(() -> first.runs.size() == 1);

      answer.cancel();

      await().until(() -> first.runs.getFirst().cancelled);
      assertThat(answer.result().join().finishReason()).isEqualTo(FinishReason.CANCELLED);
      assertThat(second.runs).isEmpty();
    }
  }

  private static Standby standby() {
    return new Standby(
        new HeldModel(1).info(), () -> Served.tiny(1)); // the context is what the pool goes by
  }

  private static List<ChatMessage> question(int number) {
    return List.of(ChatMessage.user("Why are there " + number + " tides?"));
  }

  /** Requests for an answer, as the server itself counts them. */
  private static int asked(Served served) {
    return (int)
        served
            .get("/metrics")
            .text()
            .lines()
            .filter(line -> line.contains("requests_total") && line.contains("chat"))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
            .sum();
  }

  private static ServerPool pool(Optional<Standby> standby, Served... servers) {
    return ServerPool.connect(
        Stream.of(servers)
            .map(
                served ->
                    RemoteModelOptions.of(URI.create(served.url()), "", new ApiKey(KEY))
                        .withParallel(4))
            .toList(),
        standby);
  }
}
