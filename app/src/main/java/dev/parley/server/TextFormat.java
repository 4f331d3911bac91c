package dev.parley.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.model.FinishReason;
import dev.parley.model.GenerationResult;
import java.util.List;
import java.util.Optional;

/** Plain text that goes on. */
final class TextFormat extends AnswerFormat {
  private static final String OBJECT = "text_completion";

  TextFormat(ServedModel served) {
    super("cmpl-", OBJECT, served);
  }

  @Override
  String chunkObject() {
    return OBJECT;
  }

  @Override
  List<ObjectNode> beginning() {
    return List.of();
  }

  /** Plain text is not thought about. */
  @Override
  List<ObjectNode> pieces(Pieces.Piece next) {
    return List.of(chunkWith(choice(Optional.empty()).put("text", next.text())));
  }

  @Override
  ObjectNode end(FinishReason reason) {
    return chunkWith(choice(Optional.of(reason)).put("text", ""));
  }

  @Override
  ObjectNode whole(GenerationResult result) {
    return wholeWith(choice(Optional.of(result.finishReason())).put("text", result.text()), result);
  }
}
