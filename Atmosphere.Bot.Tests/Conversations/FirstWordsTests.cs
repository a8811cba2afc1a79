using Atmosphere.Bot.Conversations.ConnectPerson;
using Atmosphere.Bot.Conversations.Home;
using Atmosphere.Bot.Conversations.Running;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Transcripts;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Conversations;

public sealed class FirstWordsTests
{
    private static readonly Languages _languages = Languages.Load(Dialogs.Folder);

    [Fact]
    public async Task Whoever_begins_in_Spanish_is_answered_in_Spanish_ever_after_and_may_still_choose()
    {
        await using var server = await BotServer.StartAsync();
        await using var chat = await BotFrameworkChat.StartAsync(server);

        await chat.SayAsync("1", "Hola, soy la madre de Maya", []);
        Assert.StartsWith(_languages.Of("es").Sentences.Say("home.welcome"), (await chat.HearAsync()).Text, StringComparison.Ordinal);
        Assert.Equal("es 0", await server.QueryAsync<string>("SELECT language || ' ' || language_chosen FROM participants"));

        // What is said later is no sign: many names and words are at home in two languages.
        await chat.SayAsync("2", "hello", []);
        Assert.Contains(_languages.Of("es").Sentences.Say("common.menu"), (await chat.HearAsync()).Text, StringComparison.Ordinal);
        await chat.SayAsync("3", "שלום", []);
        Assert.Contains(_languages.Of("es").Sentences.Say("common.menu"), (await chat.HearAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chosen_language_stands_whatever_is_written_first()
    {
        await using var server = await BotServer.StartAsync();
        await using var chat = await BotFrameworkChat.StartAsync(server);
        await chat.OpenAsync();
        await chat.HearAsync();
        var participant = new ParticipantId((await server.QueryAsync<string>("SELECT id FROM participants"))!);
        await server.Services.GetRequiredService<Database>().WriteAsync(session => Participants.SpeakAsync(session, participant, "he", chosen: true));

        await chat.SayAsync("1", "hola", []);
        Assert.StartsWith(_languages.Of("he").Sentences.Say("home.welcome"), (await chat.HearAsync()).Text, StringComparison.Ordinal);
        Assert.Equal("he 1", await server.QueryAsync<string>("SELECT language || ' ' || language_chosen FROM participants"));
    }

    [Theory]
    [InlineData(0, "en", HomeConversation.Dialog, "hola", "es")]
    [InlineData(0, "en", HomeConversation.Dialog, "Maya", null)]
    [InlineData(1, "en", HomeConversation.Dialog, "hola", "es")]
    [InlineData(1, "es", HomeConversation.Dialog, "add child", null)]
    [InlineData(1, "en", ConnectPersonConversation.Dialog, "la niña", null)]
    [InlineData(2, "en", HomeConversation.Dialog, "hola", null)]
    public void Only_the_first_words_are_a_sign(long version, string language, string dialog, string text, string? spoken) =>
        Assert.Equal(spoken, FirstWords.LanguageOf(Turn(version, language, dialog, text, chosen: false), _languages));

    [Fact]
    public void A_choice_is_not_guessed_over() => Assert.Null(FirstWords.LanguageOf(Turn(0, "en", HomeConversation.Dialog, "hola", chosen: true), _languages));

    private static OpenTurn Turn(long version, string language, string dialog, string text, bool chosen) => new(
        new IncomingMessage(IncomingKind.Message, text, []), new Participant(new ParticipantId("p"), "directline", "a", "{}", language), version,
        dialog, HomeConversation.Nothing, IsAwaited: false, HasChosenLanguage: chosen);
}
