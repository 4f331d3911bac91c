package dev.parley.bench;

import dev.parley.model.engine.LocalModel;
import dev.parley.model.engine.MemoryNeed;
import dev.parley.model.transformer.Processor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a model of this process takes, beside what {@code parley doctor} predicts. */
final class Memory implements Measure {
  private static final Path STATUS = Path.of("/proc/self/status");

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public Result run(Subject subject) {
    if (!(subject.model() instanceof LocalModel local)) {
      return new Result(name(), List.of(), List.of("the model is a server's"));
    }
    if (subject.residentAfterStart() == 0) {
      return new Result(name(), List.of(), List.of("this system does not tell"));
    }
    MemoryNeed need = local.memoryNeed();
    Figure most = megabytes("most resident so far", read("VmHWM:"));
    Figure cache = megabytes("KV cache at most", need.network().cache() / 1e6);
    if (need.processor() == Processor.CUDA) {
      return new Result(
          name(),
          List.of(megabytes("resident", subject.residentAfterStart()), most, cache),
          List.of("predictions: the model and its KV cache lie on the card"));
    }
    double cached = subject.tokensAfterStart() * need.network().cachePerToken() / 1e6;
    return new Result(
        name(),
        List.of(
            megabytes("resident beside the KV cache", subject.residentAfterStart() - cached),
            megabytes("predicted beside the KV cache", need.besideCache() / 1e6),
            most,
            megabytes("predicted at most, everything full", need.most() / 1e6),
            cache),
        List.of());
  }

  private static Figure megabytes(String what, double value) {
    return new Figure(what, 1, value, Unit.MEGABYTES);
  }

  /** As Linux tells; 0 elsewhere. */
  static double resident() {
    return read("VmRSS:");
  }

  private static double read(String field) {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(field))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * 1_024 / 1e6)
          .findFirst()
          .orElse(0);
    } catch (IOException elsewhere) {
      return 0;
    }
  }
}
