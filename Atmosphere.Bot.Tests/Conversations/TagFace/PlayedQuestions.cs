using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Tagging.Voting;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Tests.Conversations.TagFace;

/// <summary>Questions that the test thinks of, decided at once when two say the same; the real ones are tested with their flow.</summary>
internal sealed class PlayedQuestions : IQuestions, IFaceTags
{
    private readonly Lock _turn = new();

    /// <summary>Oldest first.</summary>
    public List<QuestionView> All { get; } = [];

    /// <summary>Who is registered in the groups.</summary>
    public List<Suggestion> Persons { get; } = [];

    public byte[]? Picture { get; set; }

    /// <summary>Every vote that was taken, in this order.</summary>
    public List<(string Question, string Voter, TagAnswer Answer, PersonId? Person)> Taken { get; } = [];

    /// <summary>Every "not Maya".</summary>
    public List<(string Question, PersonId Person)> Undone { get; } = [];

    public QuestionView Ask(string id, GroupId group, params Suggestion[] suggestions)
    {
        var view = new QuestionView(new QuestionId(id), QuestionKind.Who, QuestionState.Asked, group, "Class")
        {
            Face = new FaceId($"face-{id}"),
            Photo = new PhotoId($"photo-{id}"),
            AskedAt = DateTimeOffset.UnixEpoch,
            ChangedAt = DateTimeOffset.UnixEpoch,
            Photos = 3,
            Needed = 2,
            Suggestions = suggestions,
        };
        All.Add(view);
        return view;
    }

    public QuestionView Of(string id) => All.Single(view => view.Id.Value == id);

    public void Set(string id, Func<QuestionView, QuestionView> change)
    {
        lock (_turn)
        {
            var at = All.FindIndex(view => view.Id.Value == id);
            All[at] = change(All[at]);
        }
    }

    public Task<QuestionView?> FindAsync(Session session, QuestionId question) => Task.FromResult(All.FirstOrDefault(view => view.Id == question));

    public Task<IReadOnlyList<QuestionView>> WaitingAsync(Session session, IReadOnlyCollection<GroupId>? groups, string? voter, int most) =>
        Task.FromResult<IReadOnlyList<QuestionView>>(
            [.. Open(groups).OrderBy(view => view.Votes.Any(vote => vote.Voter == voter)).Take(most)]);

    public Task<int> CountWaitingAsync(Session session, IReadOnlyCollection<GroupId>? groups) => Task.FromResult(Open(groups).Count());

    public Task<IReadOnlyList<Suggestion>> PersonsAsync(Session session, QuestionId question, string typed, int most) =>
        Task.FromResult<IReadOnlyList<Suggestion>>([.. Persons.Where(person => person.Name.Contains(typed, StringComparison.OrdinalIgnoreCase)).Take(most)]);

    public Task<WeekOfTags> WeekAsync(Session session) => Task.FromResult(new WeekOfTags(0, 0, 0, []));

    public Task<byte[]?> PictureAsync(QuestionId question, bool surroundings, CancellationToken cancellation) => Task.FromResult(Picture);

    public Task LinkAsync(Session session, string voter, string number) => throw new NotSupportedException("Nobody votes on Slack here.");

    public Task<TagReceipt> VoteAsync(Session session, QuestionId question, string voter, TagAnswer answer, PersonId? person)
    {
        if (All.FirstOrDefault(view => view.Id == question) is not { } found)
            return Task.FromResult(TagReceipt.Unknown);
        if (!TagFaceMachine.TakesVotes(found.State))
            return Task.FromResult(TagReceipt.Closed);
        Taken.Add((question.Value, voter, answer, person));
        var name = Persons.FirstOrDefault(one => one.Person == person)?.Name;
        Set(question.Value, view =>
        {
            var votes = view.Votes.Where(vote => vote.Voter != voter).Append(new VoteView(voter, answer, person, name, DateTimeOffset.UnixEpoch)).ToList();
            return votes.Count(vote => vote.Answer == answer && vote.Person == person) >= view.Needed
                ? view with { State = QuestionState.Decided, Votes = votes, Answer = answer, Person = person is { } who ? new Suggestion(who, name!, null) : null }
                : view with { State = QuestionState.Voting, Votes = votes };
        });
        return Task.FromResult(TagReceipt.Taken);
    }

    public Task<TagReceipt> UndoAsync(Session session, QuestionId question, string voter, PersonId person)
    {
        if (All.FirstOrDefault(view => view.Id == question) is not { State: QuestionState.Decided } found || found.Person?.Person != person)
            return Task.FromResult(TagReceipt.Closed);
        Undone.Add((question.Value, person));
        Set(question.Value, view => view with { State = QuestionState.Asked, Votes = [], Answer = null, Person = null });
        return Task.FromResult(TagReceipt.Taken);
    }

    private IEnumerable<QuestionView> Open(IReadOnlyCollection<GroupId>? groups) =>
        All.Where(view => TagFaceMachine.TakesVotes(view.State) && groups?.Contains(view.Group) != false);
}
