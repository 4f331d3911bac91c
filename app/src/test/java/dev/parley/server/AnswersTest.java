package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.model.engine.LocalModel;
import dev.parley.server.Served.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the real engine says through the real server. */
class AnswersTest {
  private static final String HELLO = "'messages': [{'role': 'user', 'content': 'Hello'}]";

  private static LocalModel model;
  private static Served served;

  @BeforeAll
  static void serve() throws IOException {
    model = Served.tiny(16);
    served = Served.of(model);
  }

  @AfterAll
  static void close() {
    served.close();
    model.close();
  }

  @Test
  void aChatIsAnsweredInOpenAisShape() {
    JsonNode answer = served.chat("{" + HELLO + ", 'max_tokens': 12}").json();

    assertThat(answer.path("object").asText()).isEqualTo("chat.completion");
    assertThat(answer.path("id").asText()).startsWith("chatcmpl-");
    assertThat(answer.path("model").asText()).isEqualTo(model.info().name());
    JsonNode choice = answer.path("choices").path(0);
    assertThat(choice.path("message").path("role").asText()).isEqualTo("assistant");
    assertThat(choice.path("message").path("content").asText()).isNotEmpty();
    assertThat(choice.path("finish_reason").asText()).isEqualTo("length");
    JsonNode usage = answer.path("usage");
    assertThat(usage.path("completion_tokens").asInt()).isEqualTo(12);
    assertThat(usage.path("total_tokens").asInt())
        .isEqualTo(12 + usage.path("prompt_tokens").asInt());
  }

  @Test
  void aStreamSaysTheSameInPieces() {
    String asked = HELLO + ", 'max_tokens': 30, 'temperature': 1, 'seed': 4";

    String whole =
        served
            .chat("{" + asked + "}")
            .json()
            .path("choices")
            .path(0)
            .at("/message/content")
            .asText();
    Answer stream = served.chat("{" + asked + ", 'stream': true}");

    assertThat(stream.streamed()).isEqualTo(whole);
    assertThat(stream.text()).endsWith("data: [DONE]\n\n");
    List<JsonNode> events = stream.events();
    assertThat(events.getFirst().at("/choices/0/delta/role").asText()).isEqualTo("assistant");
    assertThat(events.getLast().at("/choices/0/finish_reason").asText()).isEqualTo("length");
    assertThat(events).noneMatch(event -> event.has("usage"));
  }

  @Test
  void aStreamEndsWithTheTokenCountsWhereTheyAreWanted() {
    Answer stream =
        served.chat(
            "{"
                + HELLO
                + ", 'max_completion_tokens': 9, 'stream': true,"
                + " 'stream_options': {'include_usage': true}}");

    JsonNode last = stream.events().getLast();
    assertThat(last.path("choices")).isEmpty();
    assertThat(last.at("/usage/completion_tokens").asInt()).isEqualTo(9);
  }

  @Test
  void whatIsAskedAgainComesFromTheCache() {
    String asked =
        "{'messages': [{'role': 'user', 'content': 'Tell me about the tides'}], 'max_tokens': 2}";

    served.chat(asked);

    assertThat(served.chat(asked).json().at("/usage/prompt_tokens_details/cached_tokens").asInt())
        .isPositive();
  }

  @Test
  void anAnswerEndsBeforeAStopText() {
    String asked = HELLO + ", 'max_tokens': 40";
    String whole = served.chat("{" + asked + "}").json().at("/choices/0/message/content").asText();
    String stop = whole.substring(4, 7);

    JsonNode stopped =
        served
            .post(
                "/v1/chat/completions",
                "{"
                    + asked
                    + ", 'stop': [\""
                    + stop.replace("\\", "\\\\").replace("\"", "\\\"")
                    + "\"]}")
            .json();

    assertThat(stopped.at("/choices/0/message/content").asText())
        .isEqualTo(whole.substring(0, whole.indexOf(stop)));
    assertThat(stopped.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
  }

  @Test
  void plainTextIsContinued() {
    String asked = "'prompt': 'Once upon a time', 'max_tokens': 20, 'temperature': 0";

    JsonNode whole = served.post("/v1/completions", "{" + asked + "}").json();
    Answer stream = served.post("/v1/completions", "{" + asked + ", 'stream': true}");

    assertThat(whole.path("object").asText()).isEqualTo("text_completion");
    assertThat(whole.at("/choices/0/text").asText())
        .isEqualTo(model.generate("Once upon a time", 20, 0));
    assertThat(stream.streamed()).isEqualTo(whole.at("/choices/0/text").asText());
  }

  @Test
  void aPromptMayBeAListOfOne() {
    assertThat(served.post("/v1/completions", "{'prompt': ['Hello'], 'max_tokens': 3}").status())
        .isEqualTo(200);
  }

  @Test
  void halfACharacterIsNoDanger() {
    assertThat(served.post("/v1/completions", "{'prompt': 'a\\ud83d b', 'max_tokens': 3}").status())
        .isEqualTo(200);
    assertThat(
            served
                .chat("{'messages': [{'role': 'user', 'content': '\\ude00'}], 'max_tokens': 3}")
                .status())
        .isEqualTo(200);
  }

  @Test
  void withoutABoundAnAnswerEndsWithTheContext() {
    JsonNode answer = served.chat("{" + HELLO + ", 'ignore_eos': true}").json();

    assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("length");
    assertThat(answer.at("/usage/total_tokens").asInt())
        .isCloseTo(model.info().contextLength(), offset(1));
  }

  @Test
  void eachOfSixteenAtOnceIsAnsweredAsIfAlone() throws Exception {
    List<String> asked = new ArrayList<>();
    List<String> alone = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      asked.add(
          "{'messages': [{'role': 'user', 'content': 'Question %d'}], 'stream': %b, 'seed': %d,"
                  .formatted(i, i % 2 == 0, i)
              + " 'temperature': 1, 'max_tokens': 40, 'ignore_eos': true}");
      alone.add(text(served.chat(asked.get(i))));
    }
    List<Future<String>> crowd = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      asked.forEach(each -> crowd.add(threads.submit(() -> text(served.chat(each)))));
    }

    for (int i = 0; i < 16; i++) {
      assertThat(crowd.get(i).get()).isEqualTo(alone.get(i));
    }
  }

  @Test
  void theModelIsListedAndFoundByEachOfItsNames() {
    String name = served.get("/v1/models").json().at("/data/0/id").asText();

    assertThat(name).isEqualTo(model.info().name());
    for (String each : List.of(name, "tiny", "TINY")) {
      assertThat(served.get("/v1/models/" + each).json().path("id").asText()).isEqualTo(name);
      assertThat(served.chat("{'model': '" + each + "', 'max_tokens': 1, " + HELLO + "}").status())
          .isEqualTo(200);
    }
  }

  private static String text(Answer answer) {
    return answer.text().contains("data: ")
        ? answer.streamed()
        : answer.json().at("/choices/0/message/content").asText();
  }
}
