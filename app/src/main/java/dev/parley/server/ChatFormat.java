package dev.parley.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.model.FinishReason;
import dev.parley.model.GenerationResult;
import dev.parley.model.Role;
import java.util.List;
import java.util.Optional;

/** An answer in a chat. */
final class ChatFormat extends AnswerFormat {
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
    choice.putObject("delta").put("role", Role.ASSISTANT.wireName()).put("content", "");
    return List.of(chunkWith(choice));
  }

  @Override
  ObjectNode piece(String text) {
    ObjectNode choice = choice(Optional.empty());
    choice.putObject("delta").put("content", text);
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
    choice
        .putObject("message")
        .put("role", Role.ASSISTANT.wireName())
        .put("content", result.text())
        .putNull("refusal");
    return wholeWith(choice, result);
  }
}
