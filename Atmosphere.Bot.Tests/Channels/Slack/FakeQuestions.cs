using System.Collections.Concurrent;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Tagging.Voting;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Tests.Channels.Slack;

/// <summary>Questions and persons as a test wants them.</summary>
internal sealed class FakeQuestions : IQuestions
{
    public List<QuestionView> Waiting { get; } = [];

    public List<Suggestion> Persons { get; } = [];

    public List<Helper> Helpers { get; } = [];

    public static QuestionView View(string id, string group = "Blue class") =>
        new(new QuestionId(id), QuestionKind.Who, QuestionState.Asked, new GroupId("blue"), group)
        {
            Face = new FaceId("f"),
            Photo = new PhotoId("p"),
            AskedAt = DateTimeOffset.UnixEpoch,
            ChangedAt = DateTimeOffset.UnixEpoch,
            Photos = 3,
            Needed = 2,
        };

    public Task<QuestionView?> FindAsync(Session session, QuestionId question) => Task.FromResult(Waiting.Find(view => view.Id == question));

    public Task<IReadOnlyList<QuestionView>> WaitingAsync(Session session, IReadOnlyCollection<GroupId>? groups, string? voter, int most) =>
        Task.FromResult<IReadOnlyList<QuestionView>>([.. Waiting.Take(most)]);

    public Task<int> CountWaitingAsync(Session session, IReadOnlyCollection<GroupId>? groups) => Task.FromResult(Waiting.Count);

    public Task<IReadOnlyList<Suggestion>> PersonsAsync(Session session, QuestionId question, string typed, int most) =>
        Task.FromResult<IReadOnlyList<Suggestion>>([.. Persons.Where(person => person.Name.Contains(typed, StringComparison.OrdinalIgnoreCase)).Take(most)]);

    public Task<WeekOfTags> WeekAsync(Session session) => Task.FromResult(new WeekOfTags(7, 5, 12, Helpers));

    public Task<byte[]?> PictureAsync(QuestionId question, bool surroundings, CancellationToken cancellation) => Task.FromResult<byte[]?>(null);
}

/// <summary>Votes as they were taken.</summary>
internal sealed class RecordingTags : IFaceTags
{
    public ConcurrentQueue<string> Taken { get; } = new();

    public TagReceipt Receipt { get; set; } = TagReceipt.Taken;

    public Task<TagReceipt> VoteAsync(Session session, QuestionId question, string voter, TagAnswer answer, PersonId? person)
    {
        Taken.Enqueue($"{question} {voter} {answer} {person}".TrimEnd());
        return Task.FromResult(Receipt);
    }

    /// <summary>Voters and their phone numbers.</summary>
    public ConcurrentDictionary<string, string> Numbers { get; } = new();

    public Task LinkAsync(Session session, string voter, string number)
    {
        Numbers[voter] = number;
        return Task.CompletedTask;
    }

    public Task<TagReceipt> UndoAsync(Session session, QuestionId question, string voter, PersonId person)
    {
        Taken.Enqueue($"{question} {voter} not {person}");
        return Task.FromResult(Receipt);
    }
}
