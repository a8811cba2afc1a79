using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Photos;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Questions;

/// <summary>Reads questions from the database.</summary>
internal sealed class QuestionViews(Database database, FacePictures pictures, IOptions<TaggingOptions> options, TimeProvider clock) : IQuestions
{
    private const int MostSuggestions = 5;
    private const int MostHelpers = 10;

    private static readonly TimeSpan _week = TimeSpan.FromDays(7);

    public async Task<QuestionView?> FindAsync(Session session, QuestionId question) =>
        await QuestionTable.FindAsync(session, question) is { } row ? await ViewAsync(session, row) : null;

    public async Task<IReadOnlyList<QuestionView>> WaitingAsync(Session session, IReadOnlyCollection<GroupId>? groups, string? voter, int most)
    {
        var rows = await WaitingQuestions.ListAsync(session, groups, voter, most);
        var views = new List<QuestionView>();
        foreach (var row in rows)
            views.Add(await ViewAsync(session, row));
        return views;
    }

    public Task<int> CountWaitingAsync(Session session, IReadOnlyCollection<GroupId>? groups) =>
        WaitingQuestions.CountAsync(session, groups);

    public async Task<IReadOnlyList<Suggestion>> PersonsAsync(Session session, QuestionId question, string typed, int most)
    {
        if (await QuestionTable.FindAsync(session, question) is not { } row)
            return [];

        var candidates = (await CandidatesAsync(session, row, int.MaxValue)).ToDictionary(one => one.Person, one => one.Similarity);
        var persons = await PersonTable.TaggableOfAsync(session, row.GroupId);
        var wanted = typed.Trim();
        return [.. persons
            .Where(person => person.Name.Contains(wanted, StringComparison.CurrentCultureIgnoreCase))
            .Select(person => new Suggestion(person.Id, person.Name, candidates.GetValueOrDefault(person.Id)))
            .OrderByDescending(person => person.Similarity ?? -1).ThenBy(person => person.Name, StringComparer.CurrentCultureIgnoreCase)
            .ThenBy(person => person.Person.Value, StringComparer.Ordinal)
            .Take(most)];
    }

    public async Task<WeekOfTags> WeekAsync(Session session)
    {
        var since = clock.GetUtcNow() - _week;
        var helpers = await VoteTable.HelpersAsync(session, since, MostHelpers);
        return new WeekOfTags(
            await WaitingQuestions.CountAskedAsync(session, since),
            await WaitingQuestions.CountDecidedAsync(session, since),
            await QuestionFaces.CountDeliveredAsync(session, since),
            [.. helpers.Select(helper => new Helper(helper.Voter, helper.Name, (int)helper.Votes))]);
    }

    public async Task<byte[]?> PictureAsync(QuestionId question, bool surroundings, CancellationToken cancellation) =>
        await database.ReadAsync(session => QuestionTable.FindAsync(session, question), cancellation) is { IsOpen: true } row
            ? await pictures.GetAsync(row.PhotoId, row.FaceId, surroundings ? FacePicture.ZoomIn : FacePicture.Rectangle, cancellation)
            : null;

    private async Task<QuestionView> ViewAsync(Session session, QuestionRow row) =>
        new(row.Id, row.Kind, row.State, row.GroupId, await GroupTable.NameAsync(session, row.GroupId) ?? "")
        {
            Face = row.FaceId,
            Photo = row.PhotoId,
            AskedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.AskedAt),
            ChangedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.ChangedAt),
            Thumbnail = row.IsOpen ? await QuestionPictures.ThumbnailAsync(session, row.Id, row.FaceId) : null,
            Photos = row.Photos,
            Delivered = row.State == QuestionState.Decided ? await QuestionFaces.CountDeliveredAsync(session, row.Id) : 0,
            Suggestions = row.IsOpen ? await CandidatesAsync(session, row, MostSuggestions) : [],
            Votes = await VotesAsync(session, row),
            Needed = options.Value.Votes,
            About = await SuggestionAsync(session, row, row.AboutId),
            Answer = QuestionTable.Answer(row.Answer),
            Person = await SuggestionAsync(session, row, row.PersonId),
            Reason = row.Reason,
        };

    /// <summary>The candidates of the question's faces, each with the best similarity, without persons that were denied.</summary>
    private static async Task<IReadOnlyList<Suggestion>> CandidatesAsync(Session session, QuestionRow row, int most) =>
        [.. (await SearchTable.CandidatesAsync(session, row.GroupId, row.FaceId, most)).Select(one => new Suggestion(one.Id, one.Name, one.Similarity))];

    private static async Task<IReadOnlyList<VoteView>> VotesAsync(Session session, QuestionRow row) =>
        [.. (await VoteTable.OfFaceAsync(session, row.FaceId)).Select(vote => new VoteView(
                vote.Voter, QuestionTable.Answer(vote.Verdict) ?? TagAnswer.CannotTell, vote.PersonId, vote.Name, DateTimeOffset.FromUnixTimeMilliseconds(vote.At)))];

    private static async Task<Suggestion?> SuggestionAsync(Session session, QuestionRow row, PersonId? person)
    {
        if (person is not { } known)
            return null;
        var found = await SearchTable.FindAsync(session, row.FaceId, known);
        return found is null ? null : new Suggestion(found.Id, found.Name, found.Similarity);
    }
}
