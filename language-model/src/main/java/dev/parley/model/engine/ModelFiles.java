package dev.parley.model.engine;

import dev.parley.model.file.ModelFormatException;
import dev.parley.model.template.ChatTemplate;
import dev.parley.model.tokenizer.Tokenizer;
import dev.parley.model.transformer.Adapter;
import dev.parley.model.transformer.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a model is made of, as its files hold it. Open as long as the model is. */
sealed interface ModelFiles extends AutoCloseable
    permits AdaptedModelFiles, GgufModelFiles, HuggingFaceModelFiles {

  /**
   * Opens a GGUF file, a folder (or the {@code .safetensors} file in it) as transformers writes
   * them, or a folder with an adapter as PEFT writes it.
   */
  static ModelFiles open(Path path) throws IOException {
    if (Adapter.isIn(path)) {
      return new AdaptedModelFiles(path);
    }
    boolean huggingFace =
        Files.isDirectory(path) || path.getFileName().toString().endsWith(".safetensors");
    return huggingFace ? new HuggingFaceModelFiles(path) : new GgufModelFiles(path);
  }

  Checkpoint checkpoint() throws ModelFormatException;

  Tokenizer tokenizer() throws IOException;

  /**
   * The model's chat template, or one that suits its vocabulary.
   *
   * @param options variables for it
   */
  ChatTemplate template(Tokenizer tokenizer, Map<String, Object> options) throws IOException;

  /** Memory that each token of the vocabulary takes when it is loaded, as measured. */
  int bytesPerToken();

  /** Ids of the tokens by which the files say that an answer ends. */
  Set<Integer> endTokens() throws IOException;

  Optional<String> name() throws ModelFormatException;

  Optional<String> licence() throws ModelFormatException;

  List<String> languages() throws ModelFormatException;

  @Override
  void close();
}
