package dev.parley.model.training;

import ai.djl.ndarray.NDArray;
import dev.parley.model.ModelException;
import dev.parley.model.file.MemoryTensors;
import dev.parley.model.file.SafetensorsFile;
import dev.parley.model.file.SafetensorsWriter;
import dev.parley.model.file.Tensor;
import dev.parley.model.transformer.AdamW;
import dev.parley.model.transformer.TrainableTransformer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a run is: its trained weights and its optimizer's memory, in a file of safetensors.
 *
 * @param steps that were done
 * @param price of divergence as it is now, where it has one
 */
record TrainingState(int steps, double price) {
  private static final String NAME = "run";
  private static final String STEPS = "steps";
  private static final String PRICE = "price";
  private static final String OPTIMIZER = "optimizer.";

  void save(Path file, String name, TrainableTransformer network, AdamW optimizer)
      throws IOException {
    try (MemoryTensors tensors = new MemoryTensors(file)) {
      arrays(network, optimizer)
          .forEach(
              (key, array) ->
                  tensors.add(
                      key,
                      array.getShape().getShape(),
                      target -> target.put(array.toFloatArray())));
      SafetensorsWriter.write(
          file,
          tensors,
          Map.of(NAME, name, STEPS, Integer.toString(steps), PRICE, Double.toString(price)));
    }
  }

  /** Puts what a file holds into network and optimizer; empty where there is no file. */
  static Optional<TrainingState> load(
      Path file, String name, TrainableTransformer network, AdamW optimizer) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (SafetensorsFile saved = SafetensorsFile.open(file)) {
      if (!name.equals(saved.metadata().get(NAME))) {
        throw new ModelException(
            "%s is of another run: its data, model or options differ. Take another folder, or remove it to begin anew."
                .formatted(file));
      }
      for (Map.Entry<String, NDArray> each : arrays(network, optimizer).entrySet()) {
        Tensor tensor = saved.tensor(each.getKey());
        NDArray array = each.getValue();
        if (!tensor.hasShape(array.getShape().getShape())) {
          throw saved.error("tensor " + each.getKey(), "expected the shape " + array.getShape());
        }
        network.assign(array, tensor.floats());
      }
      return Optional.of(
          new TrainingState(
              Integer.parseInt(saved.metadata().getOrDefault(STEPS, "0")),
              Double.parseDouble(saved.metadata().getOrDefault(PRICE, "0"))));
    }
  }

  private static SortedMap<String, NDArray> arrays(TrainableTransformer network, AdamW optimizer) {
    SortedMap<String, NDArray> arrays = new TreeMap<>(network.trained());
    optimizer.memory().forEach((name, array) -> arrays.put(OPTIMIZER + name, array));
    return arrays;
  }
}
