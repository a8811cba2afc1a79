using System.Text.RegularExpressions;
using Atmosphere.Bot.Channels.WhatsApp;
using Atmosphere.Bot.Conversations;
using Atmosphere.Bot.Conversations.AddPhotos;
using Atmosphere.Bot.Conversations.ConnectPerson;
using Atmosphere.Bot.Conversations.NotMyChild;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Storage;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Transcripts;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Distribution;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Tests.Conversations;

/// <summary>Where buttons are numbered lines, a number that is typed means what stands beside it, in every question there is.</summary>
public sealed partial class WhatPrintedNumbersMean
{
    private static readonly Languages _languages = Languages.Load(Dialogs.Folder);

    public static TheoryData<string> Transcripts => TranscriptFolder.Names;

    public static TheoryData<string> Spoken => [.. Languages.Codes];

    [Theory]
    [MemberData(nameof(Transcripts))]
    public void In_every_transcript(string name)
    {
        foreach (var line in Transcript.Read(Path.Combine(Dialogs.Folder, name)).Lines.Where(line => line.Suggestions.Count > 0))
            Check(new Reply(line.Text, line.Suggestions));
    }

    [Theory]
    [MemberData(nameof(Spoken))]
    public void In_a_choice_among_groups_of_the_same_name(string language)
    {
        var speech = new Speech(_languages.Of(language));
        Membership[] groups = [new(new GroupId("a"), "Red"), new(new GroupId("b"), "Red"), new(new GroupId("c"), "1")];
        var turn = new ConnectPersonTurn(new ConnectPersonDraft(), speech, [], groups, null!);
        turn.AskGroup();
        Check(speech.ToReply()!);

        Assert.Equal(["a", "b", "c", "a"], ((string[])["1", "2", "3", "1."]).Select(typed => turn.TakeGroup(typed) ? turn.Draft.Group : null));
        Assert.False(turn.TakeGroup("Red"));
    }

    [Theory]
    [MemberData(nameof(Spoken))]
    public void In_a_choice_among_children(string language)
    {
        var turn = NewTurn(language);
        RegisteredPerson[] children = [new(new PersonId("noa"), "Noa", new GroupId("class"), "connected"), new(new PersonId("mia"), "Mia", new GroupId("class"), "connected")];
        new AddPhotosTurn(new AddPhotosDraft(), turn, children, null!, null!).AskWhichChild();
        var reply = Assert.Single(turn.Replies);
        Assert.Equal(["1", "2"], reply.Buttons.Take(2));
        Check(reply);
    }

    [Theory]
    [MemberData(nameof(Spoken))]
    public async Task In_a_choice_among_faces_whose_picture_is_gone(string language)
    {
        var turn = NewTurn(language);
        NamedFace Face(string name) => new(new FaceId(name), new PhotoId("one"), new PersonId(name), name, 95, new Box(1, 1, 80, 80));
        var photo = new DeliveredPhoto(new PhotoId("one"), new MediaKey("outbound/one.jpg"), DateTimeOffset.UnixEpoch, "UTC", [Face("Noa"), Face("Mia")]);
        await new NotMyChildTurn(new NotMyChildDraft(), turn, new NoPictures(), null!, default) { Photo = photo }.AskWhichAsync();
        var reply = Assert.Single(turn.Replies);
        Assert.Equal(["1", "2"], reply.Buttons.Take(2));
        Check(reply);
    }

    [Theory]
    [InlineData("2", "2")]
    [InlineData(" 2. ", "2")]
    [InlineData("#2", "2")]
    [InlineData("3", "3")]
    public void A_number_of_the_question_s_own_is_heard_however_it_is_typed(string said, string heard) => Assert.Equal(
        heard, OfferedButtons.Read(new IncomingMessage(IncomingKind.Message, said, []), OfferedButtons.Write(["1", "2", "cancel"])).Text);

    /// <summary>Somebody who is told something unasked answers in words; the words are there in every language.</summary>
    [Theory]
    [MemberData(nameof(Spoken))]
    public void What_nobody_asked_for_prints_words_and_no_numbers(string language)
    {
        var sentences = _languages.Of(language).Sentences;
        var values = new Dictionary<string, string> { ["asker"] = "A", ["name"] = "Noa", ["typed"] = "Noa", ["group"] = "Red", ["number"] = "4821" };
        string[] buttons = [sentences.Say("requests.allow-button", values), sentences.Say("requests.refuse-button", values)];
        foreach (var key in (string[])["requests.guardian", "requests.confirmation", "requests.confirmation-again"])
        {
            var text = sentences.Say(key, values);
            Assert.All(buttons, button => Assert.Contains(button, text, StringComparison.Ordinal));
            Assert.Equal([$"{text}\n\n- {buttons[0]}\n- {buttons[1]}"], WhatsAppText.Parts(new Reply(text, buttons), isAnswer: false));
        }
    }

    private static void Check(Reply reply)
    {
        var offered = OfferedButtons.Write(reply);
        // A list that is only to be read, such as that of the boxes in a picture: its numbers must not mean a button.
        var isOnlyRead = !OfferedButtons.AreNumbered(reply);
        foreach (Match printed in Printed().Matches(string.Join('\n', WhatsAppText.Parts(reply))))
        {
            var (number, meaning) = (printed.Groups[1].Value, printed.Groups[2].Value);
            var heard = OfferedButtons.Read(new IncomingMessage(IncomingKind.Message, number, []), offered).Text;
            Assert.True(
                heard == meaning || (heard == number && (isOnlyRead || reply.Buttons.Contains(number))), $"{number} stands beside '{meaning}' and is heard as '{heard}' in: {reply.Text}");
        }
    }

    private static Turn NewTurn(string language) => new(
        new Participant(new ParticipantId("mother"), "whatsapp", "+15551234567", "{}", language), new ConversationKey("whatsapp", "+15551234567"), _languages,
        new IncomingMessage(IncomingKind.Message, "", []), [], []);

    // A line of a list, and "1 Noa, 2 Mia" behind a question.
    [GeneratedRegex(@"(?:(?<=^|\n)|(?<=\? )|(?<=, ))([0-9]{1,2})\.? (\p{L}[^,\n]*)")]
    private static partial Regex Printed();

    private sealed class NoPictures : IDeliveredPhotos
    {
        public Task<DeliveredPhoto?> FindAsync(Session session, ParticipantId participant, string? message) => throw new NotSupportedException();

        public Task<DeliveredPhoto?> FindAgainAsync(Session session, ParticipantId participant, PhotoId photo) => throw new NotSupportedException();

        public Task<byte[]?> DrawAsync(DeliveredPhoto photo, CancellationToken cancellation) => Task.FromResult<byte[]?>(null);

        public Task<bool> RefuseAsync(Session session, ParticipantId participant, NamedFace face) => throw new NotSupportedException();
    }
}
