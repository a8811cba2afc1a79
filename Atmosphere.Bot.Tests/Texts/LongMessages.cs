using Atmosphere.Bot.Conversations;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Storage;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;

namespace Atmosphere.Bot.Tests.Texts;

/// <summary>Every dialog asks what a message begins with: a long one must not be gone through again for each of its words.</summary>
public sealed class LongMessages
{
    private static readonly Languages _languages = Languages.Load(Dialogs.Folder);

    [Theory]
    [InlineData("a b ")]
    [InlineData("! ? ")]
    [InlineData("remove Maya and ")]
    [InlineData("לא ")]
    public void A_message_of_4000_letters_is_read_a_few_times_and_not_once_for_every_word(string words)
    {
        var text = string.Concat(Enumerable.Repeat(words, 4000 / words.Length));
        var participant = new Participant(new ParticipantId("mother"), "directline", "mother", "{}", "en");
        var turn = new Turn(participant, new ConversationKey("directline", "mother"), _languages, new IncomingMessage(IncomingKind.Message, text, []), [], []);
        _ = turn.Split(Word.Share);

        // Bytes and not seconds: the same on every machine. Reading every prefix took a thousand times as many.
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var dialog = 0; dialog < 20; dialog++)
            _ = (turn.Word, turn.Split(Word.RemoveChild), turn.Split(Word.Share, Word.Allow));
        var spent = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.InRange(spent, 0, 3_000_000);
    }

    [Theory]
    [InlineData("remove Maya", Word.RemoveChild, "Maya")]
    [InlineData("  Remove, \t my child   Maya  Levi ", Word.RemoveChild, "Maya  Levi")]
    [InlineData("- remove Maya", Word.RemoveChild, "Maya")]
    [InlineData("remove - Maya", Word.RemoveChild, "- Maya")]
    [InlineData("remove", null, null)]
    [InlineData("Maya remove", null, null)]
    public void The_longest_word_at_the_beginning_counts(string text, object? word, string? after)
    {
        var split = _languages.Of("en").Words.Split(text);
        Assert.Equal(((Word?)word, after), (split?.Word, split?.After));
    }
}
