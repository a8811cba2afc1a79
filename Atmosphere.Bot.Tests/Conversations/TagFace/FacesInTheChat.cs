using Atmosphere.Bot.Tests.Transcripts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons.Erasure;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Conversations.TagFace;

/// <summary>Colleagues go through the faces that wait, in Web Chat.</summary>
public sealed class FacesInTheChat : IAsyncLifetime
{
    private TagFaceChat _chat = null!;
    private BotFrameworkChat _colleague = null!;

    public async ValueTask InitializeAsync()
    {
        _chat = await TagFaceChat.StartAsync();
        _colleague = await _chat.OpenAsync();
    }

    public async ValueTask DisposeAsync() => await _chat.DisposeAsync();

    [Fact]
    public async Task The_oldest_face_is_shown_with_its_surroundings_and_every_answer_on_a_button()
    {
        await _chat.StoreAsync(_chat.Questions.Ask("one", _chat.Class, _chat.Maya, _chat.Noa));
        _chat.Questions.Ask("two", _chat.Class);

        var shown = await AskAsync("who is this");

        Assert.Equal(["picture.jpg", "picture.jpg"], shown.Attachments);
        Assert.Contains("Who is this?", shown.Text, StringComparison.Ordinal);
        Assert.Contains("Photos with this face: 3, in the group Class. Faces that wait: 2.", shown.Text, StringComparison.Ordinal);
        Assert.Equal(
            [.. new[] { "Maya 63 %", "Noa", "somebody else", "new person", "not a person", "a visitor", "cannot tell" }.Select(label => TagFaceChat.Button(label, "one")), "skip", "cancel"],
            shown.Suggestions);
    }

    [Fact]
    public async Task Two_colleagues_who_say_the_same_decide_and_the_same_one_twice_does_not()
    {
        _chat.Questions.Ask("one", _chat.Class, _chat.Maya);
        await AskAsync("who is this");

        var first = await _chat.SayAsync(_colleague, TagFaceChat.Button("Maya 63 %", "one"));
        Assert.Contains("One more colleague must say the same", first.Text, StringComparison.Ordinal);
        Assert.Contains("Nothing is waiting", first.Text, StringComparison.Ordinal);
        Assert.Contains("Nothing is waiting", (await _chat.SayAsync(_colleague, "who is this")).Text, StringComparison.Ordinal);
        Assert.Equal(QuestionState.Voting, _chat.Questions.Of("one").State);

        var other = await _chat.OpenAsync();
        await _chat.SayAsync(other, "who is this", bubbles: 2);
        Assert.Contains("That is enough to call this face Maya", (await _chat.SayAsync(other, TagFaceChat.Button("Maya 63 %", "one"))).Text, StringComparison.Ordinal);
        Assert.Equal(QuestionState.Decided, _chat.Questions.Of("one").State);
    }

    [Theory]
    [InlineData("a visitor", TagAnswer.Visitor)]
    [InlineData("Not a person!", TagAnswer.Nobody)]
    [InlineData("no lo sé", TagAnswer.CannotTell)]
    public async Task Other_answers_can_be_typed_in_any_language(string typed, TagAnswer answer)
    {
        _chat.Questions.Ask("one", _chat.Class, _chat.Maya);
        await AskAsync("who is this");
        await _chat.SayAsync(_colleague, typed);

        Assert.Equal(("one", answer, null), Assert.Single(_chat.Questions.Taken.Select(vote => (vote.Question, vote.Answer, vote.Person))));
    }

    [Fact]
    public async Task A_button_that_is_tapped_late_is_about_the_face_it_was_shown_with()
    {
        _chat.Questions.Ask("one", _chat.Class, _chat.Maya);
        _chat.Questions.Ask("two", _chat.Class, _chat.Noa);
        await AskAsync("who is this");
        await AskAsync("skip");

        await _chat.SayAsync(_colleague, TagFaceChat.Button("Maya 63 %", "one"));

        Assert.Equal(("one", _chat.Maya.Person), Assert.Single(_chat.Questions.Taken.Select(vote => (vote.Question, vote.Person!.Value))));
    }

    [Fact]
    public async Task A_button_of_a_face_that_is_decided_meanwhile_votes_for_nothing()
    {
        _chat.Questions.Ask("one", _chat.Class, _chat.Maya);
        _chat.Questions.Ask("two", _chat.Class, _chat.Noa);
        await AskAsync("who is this");
        _chat.Questions.Set("one", view => view with { State = QuestionState.Decided, Answer = TagAnswer.Visitor });

        var said = await AskAsync(TagFaceChat.Button("Maya 63 %", "one"));

        Assert.Contains("This face was decided in the meantime", said.Text, StringComparison.Ordinal);
        Assert.Contains(TagFaceChat.Button("Noa", "two"), said.Suggestions);
        Assert.Empty(_chat.Questions.Taken);
    }

    [Fact]
    public async Task A_button_of_a_conversation_that_is_over_shows_its_face_again_and_counts_nothing()
    {
        _chat.Questions.Ask("one", _chat.Class, _chat.Noa);
        _chat.Questions.Ask("two", _chat.Class, _chat.Maya);

        var said = await AskAsync(TagFaceChat.Button("Maya 63 %", "two"));

        Assert.Contains("Please look again", said.Text, StringComparison.Ordinal);
        Assert.Contains(TagFaceChat.Button("Maya 63 %", "two"), said.Suggestions);
        Assert.Empty(_chat.Questions.Taken);
    }

    [Fact]
    public async Task A_name_is_typed_and_two_children_of_the_same_name_are_told_apart()
    {
        _chat.Questions.Persons.Add(new Suggestion(new PersonId("other-maya"), "Maya", 12));
        _chat.Questions.Ask("one", _chat.Class);
        await AskAsync("who is this");

        var which = await _chat.SayAsync(_colleague, "maya");
        Assert.Contains(TagFaceChat.Button("Maya (1) 63 %", "one"), which.Suggestions);
        await _chat.SayAsync(_colleague, TagFaceChat.Button("Maya (2) 12 %", "one"));

        Assert.Equal(new PersonId("other-maya"), Assert.Single(_chat.Questions.Taken).Person);
    }

    [Fact]
    public async Task Somebody_else_is_named_by_a_part_of_the_name_and_an_unknown_name_is_said_to_be_unknown()
    {
        _chat.Questions.Ask("one", _chat.Class, _chat.Maya);
        await AskAsync("who is this");
        Assert.Contains("Who is it?", (await _chat.SayAsync(_colleague, TagFaceChat.Button("somebody else", "one"))).Text, StringComparison.Ordinal);
        Assert.Contains("I know nobody called Zed", (await _chat.SayAsync(_colleague, "Zed")).Text, StringComparison.Ordinal);
        Assert.Contains(TagFaceChat.Button("Maya 63 %", "one"), (await _chat.SayAsync(_colleague, "may")).Suggestions);
    }

    [Fact]
    public async Task Back_shows_the_last_face_again_and_another_answer_takes_the_place_of_the_first()
    {
        _chat.Questions.Ask("one", _chat.Class, _chat.Maya, _chat.Noa);
        _chat.Questions.Ask("two", _chat.Class);
        await AskAsync("who is this");
        await AskAsync(TagFaceChat.Button("Maya 63 %", "one"));

        var again = await AskAsync("undo");
        Assert.Contains("Here it is once more", again.Text, StringComparison.Ordinal);
        Assert.Contains("This takes the place of what you said before", (await AskAsync(TagFaceChat.Button("Noa", "one"))).Text, StringComparison.Ordinal);
        Assert.Equal(_chat.Noa.Person, Assert.Single(_chat.Questions.Of("one").Votes).Person);
    }

    [Fact]
    public async Task What_is_decided_is_undone_by_saying_not_them()
    {
        _chat.Questions.Ask("one", _chat.Class, _chat.Maya);
        _chat.Questions.Ask("two", _chat.Class);
        _chat.Questions.Set("one", view => view with { Needed = 1 });
        await AskAsync("who is this");
        await AskAsync(TagFaceChat.Button("Maya 63 %", "one"));

        Assert.Contains("this face is not Maya", (await _chat.SayAsync(_colleague, "not Maya")).Text, StringComparison.Ordinal);
        Assert.Equal(("one", _chat.Maya.Person), Assert.Single(_chat.Questions.Undone));
    }

    [Fact]
    public async Task After_a_restart_the_same_face_is_still_asked_about()
    {
        _chat.Questions.Ask("one", _chat.Class, _chat.Maya);
        await AskAsync("who is this");
        await _chat.Server.RestartAsync();

        await _chat.SayAsync(_colleague, "a visitor");
        Assert.Equal("one", Assert.Single(_chat.Questions.Taken).Question);
    }

    [Fact]
    public async Task A_face_without_a_picture_cannot_be_answered()
    {
        _chat.Questions.Picture = null;
        _chat.Questions.Ask("one", _chat.Class, _chat.Maya);

        Assert.Equal(["skip", "cancel"], (await _chat.SayAsync(_colleague, "who is this")).Suggestions);
        await _chat.SayAsync(_colleague, "a visitor");
        await _chat.SayAsync(_colleague, "Maya");
        Assert.Empty(_chat.Questions.Taken);
        Assert.Contains("Nothing is waiting", (await _chat.SayAsync(_colleague, "skip")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_child_that_is_erased_stands_on_no_button_of_a_colleague_any_more()
    {
        await _chat.ExecuteAsync($"INSERT INTO persons (id, group_id, name, state, created_at) VALUES ('{_chat.Maya.Person}', '{_chat.Class}', 'Maya', 'connected', 1)");
        _chat.Questions.Ask("one", _chat.Class, _chat.Maya, _chat.Noa);
        await AskAsync("who is this");
        Assert.NotEqual(0, await NamedAsync());

        var places = _chat.Server.Services.GetServices<IPersonalPlaces>();
        await _chat.Server.Services.GetRequiredService<Database>().WriteAsync(async session =>
        {
            foreach (var place in places)
                _ = await place.ForgetAsync(session, new ForgottenPerson(_chat.Maya.Person, "Maya", [], [], []));
        });
        Assert.Equal(0, await NamedAsync());
        _chat.Questions.Set("one", view => view with { Suggestions = [_chat.Noa] });
        Assert.Contains("Please look again", (await AskAsync(TagFaceChat.Button("Maya 63 %", "one"))).Text, StringComparison.Ordinal);
        Assert.Empty(_chat.Questions.Taken);

        Task<long> NamedAsync() => _chat.Server.QueryAsync<long>(
            """
            SELECT (SELECT COUNT(*) FROM conversations WHERE state LIKE '%maya%' OR offered LIKE '%maya%')
                + (SELECT COUNT(*) FROM replies WHERE body LIKE '%maya%')
            """);
    }

    [Theory]
    [InlineData("not Maya")]
    [InlineData("not as I remember")]
    public async Task Words_like_an_undo_of_what_nobody_decided_are_not_understood(string words)
    {
        _chat.Questions.Ask("one", _chat.Class, _chat.Maya);

        Assert.StartsWith("Sorry, I did not understand that.", (await _chat.SayAsync(_colleague, words)).Text, StringComparison.Ordinal);
        Assert.Empty(_chat.Questions.Undone);
    }

    [Fact]
    public async Task Who_is_no_colleague_is_not_understood_and_sees_no_face()
    {
        _chat.Questions.Ask("one", _chat.Class, _chat.Maya);
        await _chat.ExecuteAsync("UPDATE groups SET ended_at = 1");

        foreach (var words in (string[])["who is this", TagFaceChat.Button("Maya 63 %", "one")])
        {
            var said = await _chat.SayAsync(_colleague, words);
            Assert.StartsWith("Sorry, I did not understand that.", said.Text, StringComparison.Ordinal);
            Assert.Empty(said.Attachments);
        }

        Assert.Empty(_chat.Questions.Taken);
    }

    [Fact]
    public async Task Who_is_no_colleague_any_more_in_the_middle_is_not_understood_either()
    {
        _chat.Questions.Ask("one", _chat.Class, _chat.Maya);
        await AskAsync("who is this");
        await _chat.ExecuteAsync("UPDATE groups SET ended_at = 1");

        Assert.StartsWith("Sorry, I did not understand that.", (await _chat.SayAsync(_colleague, "a visitor")).Text, StringComparison.Ordinal);
        Assert.Empty(_chat.Questions.Taken);
    }

    private Task<TranscriptLine> AskAsync(string text) => _chat.SayAsync(_colleague, text, bubbles: 2);
}
