package dev.parley.model.remote;

import static dev.parley.model.remote.ScriptedServer.delta;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.model.ChatMessage;
import dev.parley.model.FinishReason;
import dev.parley.model.Generation;
import dev.parley.model.GenerationOptions;
import dev.parley.model.GenerationResult;
import dev.parley.model.ModelException;
import dev.parley.model.SamplingOptions;
import dev.parley.model.TextListener;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ServerPoolTest {
  private static final GenerationOptions OPTIONS = GenerationOptions.of(50, SamplingOptions.GREEDY);
  private static final ChatMessage SYSTEM = ChatMessage.system("Be brief.");

  private final List<ScriptedServer> servers = new ArrayList<>();
  private final List<String> pieces = new CopyOnWriteArrayList<>();
  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private final AtomicInteger openings = new AtomicInteger();
  private final StandIn standIn = new StandIn();
  private final Ticks ticks = new Ticks(3);

  @BeforeEach
  void startServers() throws IOException {
    for (int i = 0; i < 3; i++) {
      servers.add(new ScriptedServer().lists(4096));
    }
  }

  @AfterEach
  void stopServers() {
    mayEnd.countDown();
    servers.forEach(ScriptedServer::close);
  }

  private ServerPool pool(Optional<Standby> standby) {
    return ServerPool.connect(
        servers.stream()
            .map(
                server ->
                    RemoteModelOptions.of(server.url(), "", ApiKey.NONE)
                        .withParallel(4)
                        .withIdleTimeout(Duration.ofSeconds(1)))
            .toList(),
        standby,
        ScriptedServer.quickBackoff(),
        ticks);
  }

  private ServerPool pool() {
    return pool(Optional.empty());
  }

  private Standby standby() {
    return new Standby(
        StandIn.INFO,
        () -> {
          openings.incrementAndGet();
          return standIn;
        });
  }

  private static List<ChatMessage> question(String words) {
    return List.of(SYSTEM, ChatMessage.user(words));
  }

  private Generation ask(ServerPool pool, String words) {
    return pool.generate(question(words), OPTIONS, pieces::add);
  }

  private String answer(ServerPool pool, String words) {
    return ask(pool, words).result().join().text();
  }

  private static String failure(Generation generation) {
    return generation
        .result()
        .handle(
            (result, thrown) -> {
              assertThat(thrown).isInstanceOf(ModelException.class);
              return thrown.getMessage();
            })
        .join();
  }

  private List<Integer> chats() {
    return servers.stream().map(ScriptedServer::chats).toList();
  }

  /** The one server of several that a question came to since {@code before}. */
  private int whichWasAsked(List<Integer> before) {
    List<Integer> now = chats();
    List<Integer> asked =
        IntStream.range(0, 3).filter(i -> !now.get(i).equals(before.get(i))).boxed().toList();
    assertThat(asked).hasSize(1);
    return asked.getFirst();
  }

  @Test
  void aGenerationGoesToTheServerWithTheLeastToDo() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    try (ServerPool pool = pool()) {
      servers.getFirst().holds(first, "a");
      servers.getFirst().holds(first, "a");
      for (ScriptedServer server : servers.subList(1, 3)) {
        for (int i = 0; i < 4; i++) {
          server.holds(mayEnd, "x");
        }
      }
      List<Generation> begun = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        begun.add(ask(pool, "question " + i));
      }
      for (ScriptedServer server : servers) {
        server.nextChat();
        server.nextChat();
      }
      assertThat(chats()).containsExactly(2, 2, 2);

      first.countDown();
      begun.get(0).result().join();
      begun.get(3).result().join();
      servers.getFirst().holds(mayEnd, "b");
      servers.getFirst().holds(mayEnd, "b");
      ask(pool, "another");
      ask(pool, "yet another");
      servers.getFirst().nextChat();
      servers.getFirst().nextChat();

      assertThat(chats()).containsExactly(4, 2, 2);
      mayEnd.countDown();
    }
  }

  @Test
  void aConversationGoesBackToTheServerThatReadIt() {
    servers.forEach(ScriptedServer::echoes);
    try (ServerPool pool = pool()) {
      List<Integer> firstServer = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        List<Integer> before = chats();
        answer(pool, "conversation " + i);
        firstServer.add(whichWasAsked(before));
      }
      assertThat(firstServer).contains(0, 1, 2);

      for (int i = 0; i < 7; i++) {
        List<Integer> before = chats();
        List<ChatMessage> longer = new ArrayList<>(question("conversation " + i));
        longer.add(ChatMessage.assistant("conversation " + i));
        longer.add(ChatMessage.user("and then?"));
        pool.generate(longer, OPTIONS, TextListener.NONE).result().join();

        assertThat(whichWasAsked(before)).isEqualTo(firstServer.get(i));
      }
    }
  }

  @Test
  void aConversationLeavesAServerThatIsBusierByTwo() throws Exception {
    try (ServerPool pool = pool()) {
      servers.get(0).streams("stop", "read");
      answer(pool, "mine");
      for (ScriptedServer server : servers) {
        for (int i = 0; i < 3; i++) {
          server.holds(mayEnd, "x");
        }
      }
      ask(pool, "mine");
      servers.get(0).nextChat();
      servers.get(0).nextChat();
      ask(pool, "mine");
      servers.get(0).nextChat();
      assertThat(chats()).containsExactly(3, 0, 0);

      ask(pool, "mine");

      servers.get(1).nextChat();
      assertThat(chats()).containsExactly(3, 1, 0);
      mayEnd.countDown();
    }
  }

  @Test
  void aDeadServerIsLeftOutAndTakenBackWhenItAnswers() throws Exception {
    servers.forEach(ScriptedServer::echoes);
    try (ServerPool pool = pool()) {
      servers.get(1).dies();
      ticks.tick();
      assertThat(pool.capacity().parallel()).isEqualTo(8);
      for (int i = 0; i < 6; i++) {
        assertThat(answer(pool, "question " + i)).isEqualTo("question " + i);
      }
      assertThat(chats()).containsExactly(3, 0, 3);

      servers.get(1).revives();
      assertThat(pool.capacity().parallel()).isEqualTo(8);
      ticks.tick();

      assertThat(pool.capacity().parallel()).isEqualTo(12);
      answer(pool, "question 7");
      assertThat(chats()).containsExactly(3, 1, 3);
    }
  }

  @Test
  void aServerThatSaysItIsNotWellIsLeftOut() throws Exception {
    try (ServerPool pool = pool()) {
      servers.get(2).health(503);
      ticks.tick();
      assertThat(pool.capacity().parallel()).isEqualTo(8);

      servers.get(2).health(404); // the list of models is asked for then
      ticks.tick();
      assertThat(pool.capacity().parallel()).isEqualTo(12);
    }
  }

  @Test
  void aServerThatIsAwayAtTheStartIsTakenInLater() throws Exception {
    servers.get(0).dies();
    try (ServerPool pool = pool()) {
      assertThat(pool.capacity().parallel()).isEqualTo(8);

      servers.get(0).revives();
      ticks.tick();

      assertThat(pool.capacity().parallel()).isEqualTo(12);
    }
  }

  @Test
  void theSmallestContextHolds() throws Exception {
    servers.get(1).lists(2048);
    try (ServerPool pool = pool(Optional.of(standby()))) {
      assertThat(pool.info().contextLength()).isEqualTo(1000);
      assertThat(pool.info().name()).isEqualTo("tiny");
    }
  }

  enum Fault {
    STATUS_500,
    BUSY,
    TOO_MANY,
    TOO_MANY_FOR_LONG,
    WRONG_KEY,
    CUT_OFF,
    SILENT,
    NO_STREAM
  }

  private void fails(ScriptedServer server, Fault fault) {
    switch (fault) {
      case STATUS_500 -> server.answers(500, "boom");
      case BUSY -> {
        server.answers(503, "loading");
        server.answers(503, "loading");
      }
      case TOO_MANY -> {
        server.answers(429, "slow down", "Retry-After: 0");
        server.answers(429, "slow down", "Retry-After: 0");
      }
      case TOO_MANY_FOR_LONG -> server.answers(429, "slow down", "Retry-After: 20");
      case WRONG_KEY -> server.answers(401, "no");
      case CUT_OFF -> server.breaksOffAfter(": nothing yet\n\n");
      case SILENT -> server.stallsAfter("", mayEnd);
      case NO_STREAM -> server.answers(200, "{}");
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void whatFailsBeforeItsFirstTextIsAnsweredByTheNextServerOnce(Fault fault) throws Exception {
    try (ServerPool pool = pool()) {
      fails(servers.get(0), fault);
      servers.get(1).streams("stop", "It is ", "Paris");
      servers.get(2).streams("stop", "never asked");

      GenerationResult result = ask(pool, "What is the capital of France?").result().join();

      assertThat(result.text()).isEqualTo("It is Paris");
      assertThat(pieces).containsExactly("It is ", "Paris");
      assertThat(result.generatedTokens()).isEqualTo(3);
      assertThat(servers.get(1).chats()).isEqualTo(1);
      assertThat(servers.get(2).chats()).isZero();
      assertThat(pool.capacity().parallel()).isEqualTo(8);
    }
  }

  @Test
  void aThoughtComesApartFromItsAnswer() throws Exception {
    servers.forEach(ScriptedServer::echoes);
    StringBuilder thought = new StringBuilder();
    try (ServerPool pool = pool()) {
      GenerationResult result =
          pool.generate(
                  question("<think>The Moon.</think>It pulls."),
                  OPTIONS,
                  new TextListener() {
                    @Override
                    public void text(String piece) {
                      pieces.add(piece);
                    }

                    @Override
                    public void thought(String piece) {
                      thought.append(piece);
                    }
                  })
              .result()
              .join();

      assertThat(result.thought()).isEqualTo("The Moon.").isEqualTo(thought.toString());
      assertThat(result.text()).isEqualTo("It pulls.").isEqualTo(String.join("", pieces));
    }
  }

  @Test
  void whatFailsAfterItsFirstThoughtIsNotRepeated() {
    try (ServerPool pool = pool(Optional.of(standby()))) {
      servers.get(0).streamsRaw(delta("<think>The "));

      assertThat(failure(ask(pool, "question"))).contains("ended its answer in the middle");
      assertThat(chats()).containsExactly(1, 0, 0);
    }
  }

  @Test
  void whatFailsAfterItsFirstTextIsAFailureAndNotRepeated() {
    try (ServerPool pool = pool(Optional.of(standby()))) {
      servers.get(0).streamsRaw(delta("It is "));

      assertThat(failure(ask(pool, "What is the capital of France?")))
          .contains("ended its answer in the middle");

      assertThat(pieces).containsExactly("It is ");
      assertThat(chats()).containsExactly(1, 0, 0);
      assertThat(openings).hasValue(0);
      assertThat(pool.capacity().parallel()).isEqualTo(8);
    }
  }

  @Test
  void aRequestThatIsAtFaultItselfIsNotRepeated() {
    try (ServerPool pool = pool()) {
      servers.get(0).answers(400, "{\"error\":{\"message\":\"roles must alternate\"}}");

      assertThat(failure(ask(pool, "hello"))).contains("roles must alternate");

      assertThat(chats()).containsExactly(1, 0, 0);
      assertThat(pool.capacity().parallel()).isEqualTo(12);
    }
  }

  @Test
  void withoutAnyServerTheStandbyAnswersUntilOneIsBack() throws Exception {
    servers.forEach(ScriptedServer::echoes);
    try (ServerPool pool = pool(Optional.of(standby()))) {
      assertThat(answer(pool, "one")).isEqualTo("one");
      assertThat(openings).hasValue(0);

      servers.forEach(ScriptedServer::dies);
      assertThat(answer(pool, "two")).isEqualTo("here: two");
      assertThat(answer(pool, "three")).isEqualTo("here: three");
      assertThat(openings).hasValue(1);
      assertThat(pool.capacity().parallel()).isEqualTo(2);

      servers.get(2).revives();
      ticks.tick();
      assertThat(answer(pool, "four")).isEqualTo("four");
    }
    assertThat(standIn.closed).isTrue();
  }

  @Test
  void allServersMayBeAwayAtTheStartWhereSomethingStandsIn() throws Exception {
    servers.forEach(ScriptedServer::dies);
    servers.get(0).echoes();
    try (ServerPool pool = pool(Optional.of(standby()))) {
      assertThat(pool.info().name()).isEqualTo("Here");
      assertThat(answer(pool, "one")).isEqualTo("here: one");

      servers.get(0).revives();
      ticks.tick();

      assertThat(answer(pool, "two")).isEqualTo("two");
      assertThat(pool.info().name()).isEqualTo("tiny");
    }
  }

  @Test
  void withoutAnyServerAtTheStartEachIsNamed() {
    servers.forEach(ScriptedServer::dies);

    assertThatThrownBy(this::pool)
        .isInstanceOf(ModelException.class)
        .message()
        .contains(servers.stream().map(server -> server.url().toString()).toList());
  }

  @Test
  void serversThatFailedAreTriedAgainWhereNoOtherIsLeft() {
    servers.forEach(ScriptedServer::echoes);
    try (ServerPool pool = pool()) {
      servers.forEach(ScriptedServer::dies);
      assertThat(failure(ask(pool, "one"))).contains("refused: start the server");

      assertThat(failure(ask(pool, "two"))).contains("refused: start the server");
    }
  }

  @Test
  void cancellingDoesNotWaitForTheStandbyAndClosingDoes() {
    CountDownLatch opened = new CountDownLatch(1);
    servers.forEach(ScriptedServer::dies);
    Standby slow =
        new Standby(
            StandIn.INFO,
            () -> {
              try {
                opened.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return standIn;
            });
    ServerPool pool = pool(Optional.of(slow));
    Generation stopped = ask(pool, "one");
    Generation waiting = ask(pool, "two");

    stopped.cancel();
    assertThat(stopped.result().join().finishReason()).isEqualTo(FinishReason.CANCELLED);
    assertThat(waiting.result()).isNotDone();
    pool.close(); // interrupts the opening

    assertThat(waiting.result().join().finishReason()).isEqualTo(FinishReason.CANCELLED);
    assertThat(standIn.closed).isTrue();
    assertThat(pieces).isEmpty();
  }

  @Test
  void aStandbyThatCannotBeOpenedIsSaidAndTriedAgain() {
    servers.forEach(ScriptedServer::dies);
    Standby broken =
        new Standby(
            StandIn.INFO,
            () -> {
              if (openings.incrementAndGet() == 1) {
                throw new IOException("There is no such file.");
              }
              return standIn;
            });
    try (ServerPool pool = pool(Optional.of(broken))) {
      assertThat(failure(ask(pool, "one"))).endsWith("There is no such file.");
      assertThat(answer(pool, "two")).isEqualTo("here: two");
    }
  }

  @Test
  void cancellingEndsItOnItsServer() throws Exception {
    CountDownLatch connectionClosed = new CountDownLatch(1);
    CountDownLatch textCame = new CountDownLatch(1);
    try (ServerPool pool = pool()) {
      servers.get(0).goesOnAfter(delta("so far"), connectionClosed);
      Generation generation =
          pool.generate(question("hello"), OPTIONS, piece -> textCame.countDown());
      textCame.await();

      generation.cancel();

      assertThat(generation.result().join().finishReason()).isEqualTo(FinishReason.CANCELLED);
      assertThat(generation.result().join().text()).isEqualTo("so far");
      assertThat(connectionClosed.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(pool.capacity().parallel()).isEqualTo(12);
    }
  }

  @Test
  void closingEndsWhatRunsOnAllServers() throws Exception {
    ServerPool pool = pool();
    List<Generation> begun = new ArrayList<>();
    for (ScriptedServer server : servers) {
      server.stallsAfter(delta("so far"), mayEnd);
      begun.add(ask(pool, server.url().toString()));
      server.nextChat();
    }

    pool.close();

    assertThat(begun)
        .allSatisfy(
            generation ->
                assertThat(generation.result().join().finishReason())
                    .isEqualTo(FinishReason.CANCELLED));
    assertThatThrownBy(() -> ask(pool, "more"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void theTimeLimitCountsOverAllServers() throws Exception {
    GenerationOptions brief =
        new GenerationOptions(50, SamplingOptions.GREEDY, List.of(), Duration.ofMillis(2_500));
    try (ServerPool pool = pool()) {
      servers.forEach(server -> server.stallsAfter("", mayEnd));

      GenerationResult result =
          pool.generate(question("hello"), brief, pieces::add).result().join();

      assertThat(result.finishReason()).isEqualTo(FinishReason.TIME_LIMIT);
      assertThat(chats()).startsWith(1, 1);
      assertThat(result.total()).isGreaterThanOrEqualTo(Duration.ofMillis(2_500));
    }
  }

  @Test
  void aPromptThatFitsNowhereIsRefused() {
    try (ServerPool pool = pool()) {
      assertThatThrownBy(() -> ask(pool, "字".repeat(5000)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> pool.generate(List.of(), OPTIONS, pieces::add))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
