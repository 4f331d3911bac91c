package dev.parley.model.remote;

import static dev.parley.model.remote.ScriptedServer.delta;
import static dev.parley.model.remote.ScriptedServer.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.model.ChatMessage;
import dev.parley.model.FinishReason;
import dev.parley.model.Generation;
import dev.parley.model.GenerationOptions;
import dev.parley.model.GenerationResult;
import dev.parley.model.ModelException;
import dev.parley.model.SamplingOptions;
import dev.parley.model.TextListener;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteModelTest {
  private static final List<ChatMessage> QUESTION =
      List.of(ChatMessage.system("Be brief."), ChatMessage.user("What is the capital of France?"));
  private static final GenerationOptions OPTIONS = GenerationOptions.of(50, SamplingOptions.GREEDY);

  private final List<String> pieces = new CopyOnWriteArrayList<>();
  private final CountDownLatch serverMayEnd = new CountDownLatch(1);
  private final CountDownLatch textCame = new CountDownLatch(1);
  private final TextListener listener =
      piece -> {
        pieces.add(piece);
        textCame.countDown();
      };
  private ScriptedServer server;

  @BeforeEach
  void startServer() throws Exception {
    server = new ScriptedServer();
  }

  @AfterEach
  void stopServer() {
    serverMayEnd.countDown();
    server.close();
  }

  private GenerationResult answer(RemoteModel model) {
    return model.generate(QUESTION, OPTIONS, listener).result().join();
  }

  private String failure(RemoteModel model) {
    Generation generation = model.generate(QUESTION, OPTIONS, listener);
    return generation
        .result()
        .handle(
            (result, thrown) -> {
              assertThat(thrown).isInstanceOf(ModelException.class);
              return thrown.getMessage();
            })
        .join();
  }

  @Test
  void textArrivesPieceByPieceWithItsCounts() throws Exception {
    RemoteModel model = server.connect();
    server.streams("stop", "It is ", "Paris", "。 🗼");

    GenerationResult result = answer(model);

    assertThat(pieces).containsExactly("It is ", "Paris", "。 🗼");
    assertThat(result.text()).isEqualTo("It is Paris。 🗼");
    assertThat(result.finishReason()).isEqualTo(FinishReason.END);
    assertThat(result.promptTokens()).isEqualTo(12);
    assertThat(result.cachedTokens()).isEqualTo(8);
    assertThat(result.generatedTokens()).isEqualTo(3);
    assertThat(result.toFirstToken()).isLessThanOrEqualTo(result.total());
  }

  @Test
  void theRequestSaysWhatTheOptionsSay() throws Exception {
    RemoteModel model = server.connect("sk-secret", Duration.ofSeconds(20));
    server.streams("stop", "x");
    SamplingOptions sampling =
        new SamplingOptions(0.7, 40, 0.9, 0.05, 1.1, 0.2, OptionalLong.of(42));

    model
        .generate(
            QUESTION,
            new GenerationOptions(50, sampling, List.of("\n\n"), Duration.ofMinutes(1), true),
            TextListener.NONE)
        .result()
        .join();

    JsonNode body = server.requestedBody();
    assertThat(body.path("model").asText()).isEqualTo("tiny");
    assertThat(body.path("stream").asBoolean()).isTrue();
    assertThat(body.path("stream_options").path("include_usage").asBoolean()).isTrue();
    assertThat(body.path("messages").toString())
        .isEqualTo(
            "[{\"role\":\"system\",\"content\":\"Be brief.\"},"
                + "{\"role\":\"user\",\"content\":\"What is the capital of France?\"}]");
    assertThat(body.path("max_tokens").asInt()).isEqualTo(50);
    assertThat(body.path("temperature").asDouble()).isEqualTo(0.7);
    assertThat(body.path("top_p").asDouble()).isEqualTo(0.9);
    assertThat(body.path("top_k").asInt()).isEqualTo(40);
    assertThat(body.path("min_p").asDouble()).isEqualTo(0.05);
    assertThat(body.path("repetition_penalty").asDouble()).isEqualTo(1.1);
    assertThat(body.path("frequency_penalty").asDouble()).isEqualTo(0.2);
    assertThat(body.path("seed").asLong()).isEqualTo(42);
    assertThat(body.path("stop").toString()).isEqualTo("[\"\\n\\n\"]");
    assertThat(body.path("ignore_eos").asBoolean()).isTrue();
  }

  @Test
  void whatChangesNothingIsNotSent() throws Exception {
    RemoteModel model = server.connect();
    server.streams("stop", "x");

    answer(model);

    assertThat(server.requestedBody().fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "model", "stream", "stream_options", "messages", "max_tokens", "temperature");
  }

  @Test
  void theKeyGoesAsBearerToken() throws Exception {
    RemoteModel model = server.connect("sk-secret", Duration.ofSeconds(20));
    server.streams("stop", "x");

    answer(model);

    assertThat(server.request().getHeaders().get("Authorization")).isEqualTo("Bearer sk-secret");
  }

  @Test
  void aParameterTheServerNamesAsUnknownIsLeftOutFromThenOn() throws Exception {
    RemoteModel model = server.connect();
    server.answers(400, "{\"error\":{\"message\":\"Unrecognized request argument: top_k\"}}");
    server.streams("stop", "x");
    server.streams("stop", "y");
    GenerationOptions options =
        GenerationOptions.of(5, new SamplingOptions(1, 40, 1, 0, 1, 0, OptionalLong.empty()));

    model.generate(QUESTION, options, TextListener.NONE).result().join();
    model.generate(QUESTION, options, TextListener.NONE).result().join();

    assertThat(server.requestedBody().has("top_k")).isTrue();
    assertThat(server.requestedBody().has("top_k")).isFalse();
    assertThat(server.requestedBody().has("top_k")).isFalse();
  }

  @Test
  void modelsThatWantTheNewerNameOfTheLimitGetIt() throws Exception {
    RemoteModel model = server.connect();
    server.answers(
        400,
        "{\"error\":{\"message\":\"Unsupported parameter: 'max_tokens'."
            + " Use 'max_completion_tokens' instead.\"}}");
    server.streams("stop", "x");

    answer(model);

    assertThat(server.requestedBody().path("max_tokens").asInt()).isEqualTo(50);
    assertThat(server.requestedBody().path("max_completion_tokens").asInt()).isEqualTo(50);
  }

  @Test
  void finishReasonsKeepTheirMeaning() throws Exception {
    RemoteModel model = server.connect();
    server.streams("length", "x");
    server.streamsRaw(
        delta("x") + event("{\"choices\":[{\"finish_reason\":\"stop\",\"stop_reason\":\"END\"}]}"));
    server.streamsRaw(delta("x") + event("[DONE]"));
    server.streams("content_filter", "x");

    assertThat(answer(model).finishReason()).isEqualTo(FinishReason.LENGTH);
    assertThat(answer(model).finishReason()).isEqualTo(FinishReason.STOP_TEXT);
    assertThat(answer(model).finishReason()).isEqualTo(FinishReason.END);
    assertThat(failure(model)).contains("content filter");
  }

  @Test
  void countsAreEstimatedWhereTheServerSendsNone() throws Exception {
    RemoteModel model = server.connect();
    server.streamsRaw(delta("one two three") + event("[DONE]"));

    GenerationResult result = answer(model);

    assertThat(result.promptTokens()).isEqualTo(model.countTokens(QUESTION));
    assertThat(result.generatedTokens()).isPositive();
  }

  @Test
  void halfACharacterWaitsForItsOtherHalf() throws Exception {
    RemoteModel model = server.connect();
    server.streamsRaw(
        event("{\"choices\":[{\"delta\":{\"content\":\"a\\ud83d\"}}]}")
            + event("{\"choices\":[{\"delta\":{\"content\":\"\\uddfc!\"}}]}")
            + event("[DONE]"));

    assertThat(answer(model).text()).isEqualTo("a🗼!");
    assertThat(pieces).containsExactly("a", "🗼!");
  }

  @Test
  void aThoughtInTheTextIsToldApart() throws Exception {
    RemoteModel model = server.connect();
    server.streams("stop", "<thi", "nk>\nThe ", "Moon.\n</th", "ink>\n\nIt ", "pulls.");

    GenerationResult result = answer(model);

    assertThat(result.thought()).isEqualTo("The Moon.");
    assertThat(result.text()).isEqualTo("It pulls.");
    assertThat(pieces).containsExactly("It ", "pulls.");
    assertThat(result.generatedTokens()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reasoning_content", "reasoning"})
  void aThoughtThatTheServerTellsApartIsHeardApart(String field) throws Exception {
    RemoteModel model = server.connect();
    StringBuilder thinking = new StringBuilder();
    server.streamsRaw(
        event("{\"choices\":[{\"delta\":{\"content\":null,\"" + field + "\":\"The \\ud83c\"}}]}")
            + event("{\"choices\":[{\"delta\":{\"" + field + "\":\"\\udf0a.\\n\"}}]}")
            + delta("\n\nIt pulls by <think>.")
            + event("[DONE]"));

    GenerationResult result =
        model
            .generate(
                QUESTION,
                OPTIONS,
                new TextListener() {
                  @Override
                  public void text(String piece) {
                    pieces.add(piece);
                  }

                  @Override
                  public void thought(String piece) {
                    thinking.append(piece);
                  }
                })
            .result()
            .join();

    assertThat(result.thought()).isEqualTo("The 🌊.");
    assertThat(thinking.toString()).isEqualTo("The 🌊.\n");
    assertThat(result.text()).isEqualTo("It pulls by <think>.");
    assertThat(pieces).containsExactly("It pulls by <think>.");
    assertThat(result.generatedTokens()).isPositive();
  }

  @Test
  void aThoughtThatReachesTheLimitLeavesNoAnswer() throws Exception {
    RemoteModel model = server.connect();
    server.streams("length", "<think>The Moon, or");

    GenerationResult result = answer(model);

    assertThat(result.finishReason()).isEqualTo(FinishReason.LENGTH);
    assertThat(result.thought()).isEqualTo("The Moon, or");
    assertThat(result.text()).isEmpty();
  }

  @Test
  void anAnswerThatGoesOnMayBeginWithATag() throws Exception {
    RemoteModel model = server.connect();
    server.streams("stop", "<think>", " opens a thought.");
    List<ChatMessage> begun =
        List.of(ChatMessage.user("What does it?"), ChatMessage.assistant("This: "));

    GenerationResult result = model.generate(begun, OPTIONS, listener).result().join();

    assertThat(result.text()).isEqualTo("<think> opens a thought.");
  }

  @Test
  void cancellingClosesTheConnectionAndKeepsTheText() throws Exception {
    RemoteModel model = server.connect();
    CountDownLatch connectionClosed = new CountDownLatch(1);
    server.goesOnAfter(delta("so far"), connectionClosed);
    Generation generation = model.generate(QUESTION, OPTIONS, listener);
    textCame.await();

    generation.cancel();

    GenerationResult result = generation.result().join();
    assertThat(result.finishReason()).isEqualTo(FinishReason.CANCELLED);
    assertThat(result.text()).isEqualTo("so far");
    assertThat(connectionClosed.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void theTimeLimitEndsTheAnswerAndKeepsTheText() throws Exception {
    RemoteModel model = server.connect();
    server.stallsAfter(delta("so far"), serverMayEnd);
    GenerationOptions options =
        new GenerationOptions(50, SamplingOptions.GREEDY, List.of(), Duration.ofMillis(400));

    GenerationResult result = model.generate(QUESTION, options, listener).result().join();

    assertThat(result.finishReason()).isEqualTo(FinishReason.TIME_LIMIT);
    assertThat(result.text()).isEqualTo("so far");
  }

  @Test
  void cancellingEndsTheWaitForABusyServer() throws Exception {
    RemoteModel model = server.connect();
    server.answers(503, "", "Retry-After: 25");
    Generation generation = model.generate(QUESTION, OPTIONS, listener);
    server.request();

    generation.cancel();

    assertThat(generation.result().join().finishReason()).isEqualTo(FinishReason.CANCELLED);
  }

  @Test
  void closingEndsWhatRuns() throws Exception {
    RemoteModel model = server.connect();
    server.stallsAfter(delta("so far"), serverMayEnd);
    Generation generation = model.generate(QUESTION, OPTIONS, listener);
    textCame.await();

    model.close();

    assertThat(generation.result().join().finishReason()).isEqualTo(FinishReason.CANCELLED);
    assertThatThrownBy(() -> model.generate(QUESTION, OPTIONS, listener))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void aBusyServerIsAskedAgain() throws Exception {
    RemoteModel model = server.connect();
    server.answers(429, "slow down", "Retry-After: 0");
    server.answers(503, "loading");
    server.streams("stop", "Paris");

    assertThat(answer(model).text()).isEqualTo("Paris");
  }

  @Test
  void aServerThatStaysBusyIsGivenUp() throws Exception {
    RemoteModel model = server.connect();
    for (int i = 0; i < 4; i++) {
      server.answers(503, "{\"error\":{\"message\":\"Loading model\"}}");
    }

    assertThat(failure(model)).contains("busy").contains("Loading model");
    assertThat(server.requests()).isEqualTo(1 + 4);
  }

  @Test
  void aWaitOfMinutesIsNotWaitedFor() throws Exception {
    RemoteModel model = server.connect();
    server.answers(429, "quota", "Retry-After: 600");

    assertThat(failure(model)).contains("no more requests");
    assertThat(server.requests()).isEqualTo(2);
  }

  @Test
  void anAnswerThatBreaksOffIsAFailureAndNeverAskedAgain() throws Exception {
    RemoteModel model = server.connect();
    server.breaksOffAfter(delta("so far"));
    assertThat(failure(model)).contains(server.url().toString());

    server.streamsRaw(delta("so far"));
    assertThat(failure(model)).contains("ended its answer in the middle");

    assertThat(server.requests()).isEqualTo(3);
  }

  @Test
  void anErrorInTheStreamIsAFailure() throws Exception {
    RemoteModel model = server.connect();
    server.streamsRaw(delta("so far") + event("{\"error\":{\"message\":\"CUDA out of memory\"}}"));

    assertThat(failure(model)).contains("gave up").contains("CUDA out of memory");
  }

  @Test
  void anEventThatIsNotJsonIsAFailureThatQuotesNothing() throws Exception {
    RemoteModel model = server.connect();
    server.streamsRaw(event("{\"choices\":[{\"delta\":{\"content\":\"private words"));

    assertThat(failure(model)).contains("not JSON").doesNotContain("private");
  }

  @Test
  void aServerThatDoesNotStreamIsNamed() throws Exception {
    RemoteModel model = server.connect();
    server.answers(200, "{\"choices\":[{\"message\":{\"content\":\"Paris\"}}]}");

    assertThat(failure(model)).contains("did not stream");
  }

  @Test
  void silenceEndsTheAnswer() throws Exception {
    RemoteModel model = server.connect("", Duration.ofMillis(300));
    server.stallsAfter(delta("so far"), serverMayEnd);

    assertThat(failure(model)).contains("nothing came for");
  }

  @Test
  void whatTheListenerThrowsEndsThisAnswerAlone() throws Exception {
    RemoteModel model = server.connect();
    server.streams("stop", "x");
    server.streams("stop", "Paris");
    TextListener broken =
        piece -> {
          throw new IllegalStateException("full");
        };

    assertThatThrownBy(() -> model.generate(QUESTION, OPTIONS, broken).result().join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(ModelException.class)
        .hasMessageContaining("full");
    assertThat(answer(model).text()).isEqualTo("Paris");
  }

  @Test
  void refusalsSayWhatToDoWithoutTheKey() throws Exception {
    RemoteModel model = server.connect("sk-secret", Duration.ofSeconds(20));
    server.answers(401, "{\"error\":{\"message\":\"Incorrect API key: sk-secret\"}}");
    server.answers(404, "{\"error\":\"model 'tiny' not found\"}");
    server.answers(500, "<html>boom</html>");
    server.answers(302, "", "Location: https://elsewhere.example/v1");
    server.answers(
        400, "{\"error\":{\"message\":\"context\\nis " + "too ".repeat(200) + "long\"}}");

    assertThat(failure(model)).contains("PARLEY_MODEL_KEY").contains("[key]").doesNotContain("sk-");
    assertThat(failure(model)).contains("no model \"tiny\"").contains("not found");
    assertThat(failure(model)).contains("status 500").doesNotContain("html");
    assertThat(failure(model)).contains("https://elsewhere.example/v1");
    assertThat(failure(model)).contains("context is too").doesNotContain("\n").hasSizeLessThan(400);
  }

  @Test
  void aPromptThatFillsTheContextIsRefused() throws Exception {
    RemoteModel model = server.connect();

    assertThatThrownBy(
            () ->
                model.generate(
                    List.of(ChatMessage.user("字".repeat(5000))), OPTIONS, TextListener.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4096");
  }

  @Test
  void theAnswerIsBoundedByWhatThePromptLeaves() throws Exception {
    RemoteModel model = server.connect();
    server.streams("length", "x");

    model
        .generate(List.of(ChatMessage.user("字".repeat(4000))), OPTIONS, TextListener.NONE)
        .result()
        .join();

    assertThat(server.requestedBody().path("max_tokens").asInt()).isLessThanOrEqualTo(96);
  }

  @Test
  void capacityFollowsTheMeasuredSpeed() {
    Speed speed = new Speed(3);
    for (int i = 0; i < 50; i++) {
      speed.measured(100, Duration.ofSeconds(1), 101, Duration.ofSeconds(2));
    }

    assertThat(speed.capacity().parallel()).isEqualTo(3);
    assertThat(speed.capacity().prefillTokensPerSecond()).isBetween(99.0, 101.0);
    assertThat(speed.capacity().decodeTokensPerSecond()).isBetween(49.0, 51.0);
  }
}
