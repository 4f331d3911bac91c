package dev.parley.training;

import dev.parley.model.engine.ModelParts;
import dev.parley.model.file.MemoryTensors;
import dev.parley.model.file.SafetensorsWriter;
import dev.parley.model.transformer.AdapterFolder;
import dev.parley.model.transformer.TrainableTransformer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** What a run learned, as a folder that {@code --model} takes. */
final class Learned {
  /** What a folder of transformers has beside its weights. */
  private static final List<String> BESIDE =
      List.of(
          "config.json",
          "generation_config.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "chat_template.jinja");

  private Learned() {}

  /** Writes matrices of low rank as an adapter, all weights as a model folder. */
  static void write(
      TrainableTransformer network, ModelParts parts, TrainingRequest request, RunFolder folder)
      throws IOException {
    if (request.lora().isPresent()) {
      AdapterFolder.write(network, folder.path(), parts.base());
    } else {
      writeAll(network, parts.folder().orElseThrow(), folder);
    }
  }

  /** The weights last: a folder that has them is whole. */
  private static void writeAll(TrainableTransformer network, Path base, RunFolder folder)
      throws IOException {
    for (String name : BESIDE) {
      if (Files.exists(base.resolve(name))) {
        Files.copy(
            base.resolve(name), folder.path().resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    try (MemoryTensors weights = network.weights()) {
      SafetensorsWriter.write(folder.model(), weights, Map.of("format", "pt"));
    }
  }
}
