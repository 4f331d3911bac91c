import dev.parley.model.ChatMessage;
import dev.parley.model.GenerationOptions;
import dev.parley.model.SamplingOptions;
import dev.parley.model.engine.LocalModel;
import dev.parley.model.engine.LocalModelOptions;

// After `./parley chat` has built everything and fetched a model, with a JDK of 25 or newer:
// java -cp 'app/target/lib/*' examples/Chat.java data/models/smollm2-135m-instruct.gguf
// In the archive that the build makes its libraries are in 'app/lib/*'.
void main(String[] arguments) throws IOException {
  try (LocalModel model = LocalModel.load(Path.of(arguments[0]), LocalModelOptions.DEFAULT)) {
    List<ChatMessage> messages = List.of(ChatMessage.user("What is the capital of France?"));
    GenerationOptions options = GenerationOptions.of(100, SamplingOptions.GREEDY);
    model.generate(messages, options, IO::print).result().join();

    String beginning = "Once upon a time";
    IO.println("\n\n" + beginning + model.generate(beginning, 50, 0.8));
  }
}
