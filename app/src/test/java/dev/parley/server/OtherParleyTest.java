package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.model.ChatMessage;
import dev.parley.model.FinishReason;
import dev.parley.model.Generation;
import dev.parley.model.GenerationOptions;
import dev.parley.model.GenerationResult;
import dev.parley.model.LanguageModel;
import dev.parley.model.ModelException;
import dev.parley.model.SamplingOptions;
import dev.parley.model.TextListener;
import dev.parley.model.engine.LocalModel;
import dev.parley.model.remote.ApiKey;
import dev.parley.model.remote.RemoteModel;
import dev.parley.model.remote.RemoteModelOptions;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Parley's own client of such servers talks to it. */
class OtherParleyTest {
  private static final String KEY = "sk-between-us";
  private static final List<ChatMessage> QUESTION =
      List.of(ChatMessage.system("Be brief."), ChatMessage.user("Why are there tides?"));

  @Test
  void itStreamsTheSameAnswerWithTheSameCounts() throws IOException {
    GenerationOptions options =
        GenerationOptions.of(30, SamplingOptions.GREEDY.withTemperature(1).withSeed(3))
            .withIgnoreEnd();
    try (LocalModel model = Served.tiny(2);
        Served served = Served.with(model).key(KEY).serve();
        RemoteModel remote = connect(served, KEY)) {
      StringBuilder heard = new StringBuilder();

      GenerationResult far = answer(remote, options, heard::append);
      GenerationResult near = answer(model, options, TextListener.NONE);

      assertThat(remote.info().name()).isEqualTo(model.info().name());
      assertThat(remote.info().contextLength()).isEqualTo(model.info().contextLength());
      assertThat(far.text()).isEqualTo(near.text()).isEqualTo(heard.toString());
      assertThat(far.finishReason()).isEqualTo(FinishReason.LENGTH);
      assertThat(far.promptTokens()).isEqualTo(near.promptTokens());
      assertThat(far.generatedTokens()).isEqualTo(30);
    }
  }

  @Test
  void aStopTextEndsIt() throws IOException {
    try (LocalModel model = Served.tiny(1);
        Served served = Served.with(model).key(KEY).serve();
        RemoteModel remote = connect(served, KEY)) {
      GenerationOptions options = GenerationOptions.of(40, SamplingOptions.GREEDY);
      String whole = answer(remote, options, TextListener.NONE).text();
      String stop = whole.substring(5, 8);

      GenerationResult result =
          answer(
              remote,
              new GenerationOptions(
                  40, SamplingOptions.GREEDY, List.of(stop), GenerationOptions.NO_TIME_LIMIT),
              TextListener.NONE);

      assertThat(result.text()).isEqualTo(whole.substring(0, whole.indexOf(stop)));
      assertThat(result.finishReason()).isEqualTo(FinishReason.END);
    }
  }

  @Test
  void aThoughtIsToldApart() throws Exception {
    HeldModel model = new HeldModel(1);
    try (Served served = Served.with(model).key(KEY).serve();
        RemoteModel remote = connect(served, KEY)) {
      GenerationOptions options = GenerationOptions.of(30, SamplingOptions.GREEDY);
      Generation far = remote.generate(QUESTION, options, TextListener.NONE);
      await().until(() -> model.runs.size() == 1);
      model.runs.getFirst().think("The Moon, or the Sun?");
      model.runs.getFirst().write("The Moon.");
      model.runs.getFirst().end();

      assertThat(far.result().join().thought()).isEqualTo("The Moon, or the Sun?");
      assertThat(far.result().join().text()).isEqualTo("The Moon.");
    }
  }

  @Test
  void cancellingThereEndsItHere() throws Exception {
    HeldModel model = new HeldModel(1);
    try (Served served = Served.with(model).key(KEY).serve();
        RemoteModel remote = connect(served, KEY)) {
      CountDownLatch heard = new CountDownLatch(1);
      Generation far =
          remote.generate(
              QUESTION,
              GenerationOptions.of(30, SamplingOptions.GREEDY),
              piece -> heard.countDown());
      await().until(() -> model.runs.size() == 1);
      model.runs.getFirst().write("The moon");
      heard.await();

      far.cancel();

      assertThat(far.result().join().finishReason()).isEqualTo(FinishReason.CANCELLED);
      assertThat(far.result().join().text()).isEqualTo("The moon");
      await().until(() -> model.runs.getFirst().cancelled);
    }
  }

  @Test
  void aWrongKeyIsSaidAtOnce() throws IOException {
    try (Served served = Served.with(new HeldModel(1)).key(KEY).serve()) {
      assertThatThrownBy(() -> connect(served, "sk-other"))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("does not accept the key");
    }
  }

  private static RemoteModel connect(Served served, String key) {
    return RemoteModel.connect(
        RemoteModelOptions.of(URI.create(served.url()), "", new ApiKey(key)));
  }

  private static GenerationResult answer(
      LanguageModel model, GenerationOptions options, TextListener listener) {
    return model.generate(QUESTION, options, listener).result().join();
  }
}
