package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.Served.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, and how. */
class RefusalsTest {
  private static final String HELLO = "'messages': [{'role': 'user', 'content': 'Hello'}]";

  private final HeldModel model = new HeldModel(1);
  private Served served;

  @BeforeEach
  void serve() throws IOException {
    served = Served.with(model).waiting(1).largestBody(4_096).beat(Duration.ofMinutes(1)).serve();
  }

  @AfterEach
  void close() {
    served.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'temperature': -1 | temperature",
        "'temperature': 2.1 | temperature",
        "'temperature': 'hot' | temperature",
        "'temperature': 1e400 | temperature",
        "'top_p': 0 | top_p",
        "'top_p': 1.5 | top_p",
        "'top_k': -2 | top_k",
        "'top_k': 1.5 | top_k",
        "'min_p': 2 | min_p",
        "'frequency_penalty': -1 | frequency_penalty",
        "'repetition_penalty': 0.5 | repetition_penalty",
        "'seed': 1.5 | seed",
        "'seed': 99999999999999999999 | seed",
        "'max_tokens': 0 | max_tokens",
        "'max_tokens': 1e30 | max_tokens",
        "'max_completion_tokens': 'many' | max_completion_tokens",
        "'stop': '' | stop",
        "'stop': [1] | stop",
        "'stop': {} | stop",
        "'stream': 'yes' | stream",
        "'stream_options': true | stream_options",
        "'ignore_eos': 1 | ignore_eos",
        "'user': 3 | user",
        "'model': 3 | model",
        "'n': 2 | n",
        "'tools': [{}] | tools",
        "'tool_choice': 'required' | tool_choice",
        "'response_format': {'type': 'json_object'} | response_format",
        "'logprobs': true | logprobs",
        "'logit_bias': {'1': 2} | logit_bias",
        "'presence_penalty': 0.5 | presence_penalty",
        "'messages': [] | messages",
        "'messages': 'Hello' | messages",
        "'messages': [3] | messages[0].role",
        "'messages': [{'role': 'tool', 'content': 'x'}] | messages[0].role",
        "'messages': [{'role': 'user'}] | messages[0].content",
        "'messages': [{'role': 'user', 'content': [{'type': 'image_url'}]}] |"
            + " messages[0].content[0]",
        "'messages': [{'role': 'assistant', 'content': '', 'tool_calls': [{}]}] |"
            + " messages[0].tool_calls"
      })
  void aFieldThatIsWrongIsNamed(String field, String param) {
    // of two fields with one name JSON's last counts
    Answer answer = served.chat("{" + HELLO + ", " + field + "}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/error/param").asText()).isEqualTo(param);
    assertThat(answer.json().at("/error/type").asText()).isEqualTo("invalid_request_error");
    assertThat(answer.json().at("/error/message").asText()).contains(param);
    assertThat(model.runs).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'tools': []",
        "'tools': null",
        "'n': 1",
        "'tool_choice': 'auto'",
        "'response_format': {'type': 'text'}",
        "'logprobs': false",
        "'presence_penalty': 0.0",
        "'whatever': {'is': ['new']}",
        "'temperature': 1e-8",
        "'top_k': -1",
        "'max_tokens': 5.0",
        "'messages': [{'role': 'developer', 'content': [{'type': 'text', 'text': 'x'}]}]"
      })
  void whatAsksForNothingUnusualIsAnswered(String field) throws IOException {
    try (Socket asking = served.connection("{" + HELLO + ", " + field + "}")) {
      await().until(() -> model.runs.size() == 1);
      model.runs.getFirst().end();

      assertThat(asking.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 200");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "3",
        "{'messages': NaN}",
        "{'messages': []} trailing",
        "{'model': '\u0000'}"
      })
  void aBodyThatIsNoJsonObjectIsRefused(String body) {
    assertThat(served.chat(body).status()).isEqualTo(400);
  }

  @Test
  void aBodyThatNestsDeepIsRefused() {
    String deep = "[".repeat(1_000) + "]".repeat(1_000);

    assertThat(served.chat("{'metadata': " + deep + "}").status()).isEqualTo(400);
  }

  @Test
  void aBodyThatIsNotUtf8IsRefused() {
    byte[] latin = "{\"user\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1);
    byte[] wide = "{\"user\": \"x\"}".getBytes(StandardCharsets.UTF_16);

    for (byte[] body : new byte[][] {latin, wide}) {
      Answer answer =
          served.send(
              served
                  .request("/v1/chat/completions")
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofByteArray(body))
                  .build());

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.text()).contains("not UTF-8");
    }
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedAlsoWhereItDoesNotSayItsLength() {
    String large = "{'user': '" + "x".repeat(200_000) + "'}";

    Answer sized = served.chat(large);
    Answer chunked =
        served.send(
            served
                .request("/v1/chat/completions")
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8))))
                .build());

    assertThat(sized.status()).isEqualTo(413);
    assertThat(chunked.status()).isEqualTo(413);
    assertThat(sized.json().at("/error/message").asText()).contains("4 kilobytes");
  }

  @Test
  void onlyJsonIsTaken() {
    Answer answer =
        served.send(
            served
                .request("/v1/chat/completions")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{}"))
                .build());

    assertThat(answer.status()).isEqualTo(415);
  }

  @Test
  void anotherModelAnotherPathAndAnotherMethodAreToldApart() {
    assertThat(served.chat("{'model': 'gpt-4o', " + HELLO + "}").status()).isEqualTo(404);
    assertThat(served.chat("{'model': 'gpt-4o', " + HELLO + "}").code())
        .isEqualTo("model_not_found");
    assertThat(served.get("/v1/models/gpt-4o").code()).isEqualTo("model_not_found");
    assertThat(served.post("/v1/embeddings", "{}").code()).isEqualTo("unknown_url");
    Answer get = served.get("/v1/chat/completions");
    assertThat(get.status()).isEqualTo(405);
    assertThat(get.response().headers().firstValue("Allow")).contains("POST");
    Answer head = served.send(served.request("/health").HEAD().build());
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.text()).isEmpty();
  }

  @Test
  void aPromptThatFillsTheContextIsRefusedAtOnce() throws IOException {
    try (Served roomy = Served.of(model)) {
      Answer answer =
          roomy.chat("{'messages': [{'role': 'user', 'content': '" + "x".repeat(5_000) + "'}]}");

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.code()).isEqualTo("context_length_exceeded");
    }
  }

  @Test
  void plainTextIsNotForAModelOfAnotherServer() {
    assertThat(served.post("/v1/completions", "{'prompt': 'x'}").text())
        .contains("/v1/chat/completions");
  }

  @Test
  void whoComesToAFullQueueIsToldWhenToComeBack() throws IOException {
    try (Socket running = served.connection("{" + HELLO + "}")) {
      await().until(() -> model.runs.size() == 1);
      try (Socket waiting = served.connection("{" + HELLO + "}")) {
        await().until(() -> served.get("/metrics").text().contains("requests_waiting 1"));

        Answer answer = served.chat("{" + HELLO + "}");

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.code()).isEqualTo("rate_limit_exceeded");
        assertThat(answer.response().headers().firstValue("Retry-After"))
            .hasValueSatisfying(seconds -> assertThat(seconds).matches("[1-9]\\d*"));
        assertThat(waiting.isConnected() && running.isConnected()).isTrue();
      }
    }
  }

  @Test
  void oneUserCannotFillTheQueueOfAnother() throws IOException {
    String ann = "{" + HELLO + ", 'user': 'ann'}";
    String bob = "{" + HELLO + ", 'user': 'bob'}";
    try (Served shared = Served.with(model).waitingPerUser(1).beat(Duration.ofMinutes(1)).serve();
        Socket running = shared.connection(ann);
        Socket waiting = shared.connection(ann)) {
      await().until(() -> shared.get("/metrics").text().contains("requests_waiting 1"));

      assertThat(shared.chat(ann).json().at("/error/message").asText()).contains("this user's");
      try (Socket other = shared.connection(bob)) {
        await().until(() -> shared.get("/metrics").text().contains("requests_waiting 2"));
        assertThat(running.isConnected() && waiting.isConnected() && other.isConnected()).isTrue();
      }
    }
  }

  @Test
  void aModelThatFailsSaysWhy() throws IOException {
    try (Socket asking = served.connection("{" + HELLO + "}")) {
      await().until(() -> model.runs.size() == 1);
      model.runs.getFirst().fail("The model is out of order.");

      byte[] answer = asking.getInputStream().readNBytes(12);
      assertThat(answer).asString().isEqualTo("HTTP/1.1 500");
    }
  }
}
