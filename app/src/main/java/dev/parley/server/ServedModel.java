package dev.parley.server;

import dev.parley.model.LanguageModel;
import dev.parley.model.SamplingOptions;
import java.util.List;

/**
 * What is served.
 *
 * @param names what requests may call it, regardless of case; it is listed as the first
 * @param sampling how tokens are drawn where a request says nothing
 */
public record ServedModel(LanguageModel model, List<String> names, SamplingOptions sampling) {
  public ServedModel {
    names = List.copyOf(names);
    if (names.isEmpty()) {
      throw new IllegalArgumentException("a model needs a name");
    }
  }

  String name() {
    return names.getFirst();
  }

  void check(String asked) throws Refusal {
    if (names.stream().noneMatch(asked::equalsIgnoreCase)) {
      throw Refusal.unknownModel(asked, name());
    }
  }
}
