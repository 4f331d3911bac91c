package dev.parley.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.model.FinishReason;
import dev.parley.model.GenerationResult;
import dev.parley.model.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An answer in a chat, and the thought before it as vLLM and llama-server tell it apart. */
final class ChatFormat extends AnswerFormat {
  private static final String THOUGHT = "reasoning_content";
  private static final String TEXT = "content";

  ChatFormat(ServedModel served) {
    super("chatcmpl-", "chat.completion", served);
  }

  @Override
  String chunkObject() {
    return "chat.completion.chunk";
  }

  @Override
  List<ObjectNode> beginning() {
    ObjectNode choice = choice(Optional.empty());
    choice.putObject("delta").put("role", Role.ASSISTANT.wireName()).put(TEXT, "");
    return List.of(chunkWith(choice));
  }

  @Override
  List<ObjectNode> pieces(Pieces.Piece next) {
    List<ObjectNode> chunks = new ArrayList<>();
    if (!next.thought().isEmpty()) {
      chunks.add(piece(THOUGHT, next.thought()));
    }
    if (!next.text().isEmpty()) {
      chunks.add(piece(TEXT, next.text()));
    }
    return chunks;
  }

  private ObjectNode piece(String field, String words) {
    ObjectNode choice = choice(Optional.empty());
    choice.putObject("delta").put(field, words);
    return chunkWith(choice);
  }

  @Override
  ObjectNode end(FinishReason reason) {
    ObjectNode choice = choice(Optional.of(reason));
    choice.putObject("delta");
    return chunkWith(choice);
  }

  @Override
  ObjectNode whole(GenerationResult result) {
    ObjectNode choice = choice(Optional.of(result.finishReason()));
    ObjectNode message =
        choice
            .putObject("message")
            .put("role", Role.ASSISTANT.wireName())
            .put(TEXT, result.text())
            .putNull("refusal");
    if (!result.thought().isEmpty()) {
      message.put(THOUGHT, result.thought());
    }
    return wholeWith(choice, result);
  }
}
