using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Outbound;

namespace Atmosphere.Bot.Tests.Channels.Slack;

/// <summary>Questions as they stand.</summary>
internal static class Views
{
    public static readonly Suggestion Maya = new(new PersonId("maya"), "Maya", 88.4f);
    public static readonly Suggestion Ben = new(new PersonId("ben"), "Ben", 85.9f);

    public static readonly DateTimeOffset At = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    public static QuestionView Of(QuestionKind kind, QuestionState state = QuestionState.Asked, string id = "q1") => new(new QuestionId(id), kind, state, new GroupId("butterflies"), "Butterflies")
    {
        Face = new FaceId("face"),
        Photo = new PhotoId("photo"),
        AskedAt = At,
        ChangedAt = At,
        Photos = 12,
        Needed = 2,
        Suggestions = [Maya, Ben],
        About = kind is QuestionKind.Check or QuestionKind.Identified ? Maya : null,
        Answer = state is QuestionState.Decided ? TagAnswer.Person : null,
        Person = state is QuestionState.Decided or QuestionState.Undone ? Maya with { Similarity = 97.8f } : null,
        Votes = state is QuestionState.Voting or QuestionState.Decided ? [Says("slack:U1", Maya)] : [],
    };

    public static VoteView Says(string voter, Suggestion person) => new(voter, TagAnswer.Person, person.Person, person.Name, At);

    public static VoteView Says(string voter, TagAnswer answer) => new(voter, answer, null, null, At);
}
