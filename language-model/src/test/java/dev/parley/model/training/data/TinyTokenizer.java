package dev.parley.model.training.data;

import dev.parley.model.Goldens;
import dev.parley.model.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The tiny model's bytes and ten merges, with the control tokens of several families. */
final class TinyTokenizer implements AutoCloseable {
  private static final int FIRST = 512;

  private static final List<String> CONTROL =
      List.of(
          "<|im_start|>",
          "<|im_end|>",
          "<think>",
          "</think>",
          "<|begin_of_text|>",
          "<|start_header_id|>",
          "<|end_header_id|>",
          "<|eot_id|>",
          "<|endoftext|>");

  final Tokenizer tokenizer;

  TinyTokenizer(Path folder) throws IOException {
    StringBuilder added = new StringBuilder();
    for (int i = 0; i < CONTROL.size(); i++) {
      added.append(
          "{\"id\":%d,\"content\":\"%s\",\"special\":true},".formatted(FIRST + i, CONTROL.get(i)));
    }
    String json =
        Files.readString(Goldens.path("tiny/llama-tied/tokenizer.json"))
            .replaceFirst("(\"added_tokens\"\\s*:\\s*\\[)", "$1" + added);
    this.tokenizer = Tokenizer.fromJson(Files.writeString(folder.resolve("tokenizer.json"), json));
  }

  int id(String control) {
    return tokenizer.controlToken(control).orElseThrow();
  }

  /** What ends an answer in all of the families. */
  Set<Integer> ends() {
    return Set.of(id("<|im_end|>"), id("<|eot_id|>"), id("<|endoftext|>"), id("</s>"));
  }

  /**
   * The text of an example, in which {@code «…»} is around what is learnt. Control tokens are
   * spelled in {@code ⟨…⟩}, so that text which merely looks like one is seen.
   */
  String show(EncodedExample example) {
    StringBuilder shown = new StringBuilder();
    boolean learnt = false;
    for (int from = 0; from < example.length(); ) {
      if (learnt != example.trained()[from]) {
        learnt = !learnt;
        shown.append(learnt ? '«' : '»');
      }
      int to = from + 1;
      boolean control = tokenizer.isControl(example.ids()[from]);
      while (!control
          && to < example.length()
          && example.trained()[to] == learnt
          && !tokenizer.isControl(example.ids()[to])) {
        to++;
      }
      shown.append(
          control
              ? spelling(example.ids()[from])
              : tokenizer.decode(Arrays.copyOfRange(example.ids(), from, to)));
      from = to;
    }
    return shown.append(learnt ? "»" : "").toString();
  }

  String show(List<EncodedExample> examples) {
    return examples.stream().map(this::show).collect(Collectors.joining("\n---\n"));
  }

  private String spelling(int id) {
    String control = id < FIRST ? List.of("<pad>", "<s>", "</s>").get(id) : CONTROL.get(id - FIRST);
    return "⟨" + control.substring(1, control.length() - 1) + "⟩";
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
