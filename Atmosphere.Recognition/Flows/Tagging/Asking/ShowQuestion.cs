using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Tagging.Asking;

/// <summary>Posts a question to colleagues, once, and keeps the post up to date. Changes in quick succession are shown together.</summary>
internal sealed class ShowQuestion(
    Database database, IQuestions questions, QuestionSchedule schedule, QuestionPictures pictures, IColleagues colleagues, IOptions<TaggingOptions> options, TimeProvider clock)
    : IStep<QuestionChanged>, IOnExhausted<QuestionChanged>
{
    private static readonly TimeSpan _settling = TimeSpan.FromSeconds(5);

    public async Task<Effects> HandleAsync(QuestionChanged message, CancellationToken cancellation)
    {
        if (!colleagues.Listening)
            return Effects.None;

        var (row, view) = await database.ReadAsync(
            async session => (await QuestionTable.FindAsync(session, message.Question), await questions.FindAsync(session, message.Question)), cancellation);
        if (row is null || view is null)
            return Effects.None;
        if (PostOf(row) is { } post)
            return await UpdateAsync(row, view, post, cancellation);
        return row.PostState is null ? await PostAsync(row, view, cancellation) : await FindOrPostAsync(row, view, cancellation);
    }

    public Effects Exhausted(QuestionChanged message, Exception reason) =>
        new Effects().Change(session => QuestionPosts.UnknownAsync(session, message.Question));

    /// <summary>After a crash or a lost answer during posting: searches the channel before posting again.</summary>
    private async Task<Effects> FindOrPostAsync(QuestionRow row, QuestionView view, CancellationToken cancellation)
    {
        var found = await colleagues.FindAsync(row.Id, DateTimeOffset.FromUnixTimeMilliseconds(row.PostingAt ?? row.AskedAt), cancellation);
        if (found.State == PostState.Unsettled)
            throw new TryLaterException("The channel does not say yet whether it shows the question.", _settling);
        if (found is not { State: PostState.Posted, Post: { } post })
            return IsWorthPosting(row) ? await PostAsync(row, view, cancellation) : new Effects().Change(session => QuestionPosts.ForgetAsync(session, row.Id));

        // The post found shows an unknown older state.
        return new Effects().Change(session => QuestionPosts.PostedAsync(session, row.Id, post.Channel, post.Id, null)).Send(new QuestionChanged(row.Id));
    }

    private async Task<Effects> PostAsync(QuestionRow row, QuestionView view, CancellationToken cancellation)
    {
        if (!IsWorthPosting(row))
            return Effects.None;
        if (await schedule.NotBeforeAsync(row, cancellation) is { } later)
            return Later(row, clock.GetUtcNow(), later);
        if (await WithPicturesAsync(view, cancellation) is not { } whole)
            return Effects.None;
        if (!await database.WriteAsync(session => QuestionPosts.BeginAsync(session, row, clock.GetUtcNow()), cancellation))
            throw new TryLaterException("The question changed while its pictures were made.", TimeSpan.FromSeconds(1));

        try
        {
            var post = await colleagues.AskAsync(whole, cancellation);
            var kept = false;
            return new Effects()
                .Change(async session => kept = await QuestionPosts.PostedAsync(session, row.Id, post.Channel, post.Id, whole.ChangedAt))
                // The person or face was erased during posting: only this step knows the post, and clears it.
                .Afterwards(() => kept ? Task.CompletedTask : colleagues.UpdateAsync(post, QuestionExpiry.GoneView(row, whole.GroupName), CancellationToken.None));
        }
        catch (Exception error) when (error is TryLaterException { MayHaveHappened: false } or HopelessException)
        {
            await database.WriteAsync(session => QuestionPosts.ForgetAsync(session, row.Id), CancellationToken.None);
            throw;
        }
    }

    private async Task<Effects> UpdateAsync(QuestionRow row, QuestionView view, ColleaguePost post, CancellationToken cancellation)
    {
        if (row.ShownAt >= row.ChangedAt)
            return Effects.None;

        var now = clock.GetUtcNow();
        var free = DateTimeOffset.FromUnixTimeMilliseconds(row.PostingAt ?? 0) + options.Value.PostPause;
        if (free > now)
            return Later(row, now, free);

        var whole = row.IsOpen ? await WithPicturesAsync(view, cancellation) ?? view : view;
        await colleagues.UpdateAsync(post, whole, cancellation);
        return new Effects().Change(session => QuestionPosts.ShownAsync(session, row.Id, whole.ChangedAt, clock.GetUtcNow()));
    }

    /// <summary>One delayed message for all changes until then.</summary>
    private static Effects Later(QuestionRow row, DateTimeOffset now, DateTimeOffset free) =>
        row.UpdateAt > now.ToUnixTimeMilliseconds()
            ? Effects.None
            : new Effects()
                .Change(session => QuestionPosts.UpdateAtAsync(session, row.Id, free))
                .Send(new QuestionChanged(row.Id), free - now);

    /// <summary>Adds pictures to open questions; other states are shown without pictures.</summary>
    private async Task<QuestionView?> WithPicturesAsync(QuestionView view, CancellationToken cancellation) =>
        view.State is QuestionState.Asked or QuestionState.Voting ? await pictures.AddToAsync(view, cancellation) : view;

    /// <summary>A question answered before it was posted need not be posted; an identification is posted.</summary>
    private static bool IsWorthPosting(QuestionRow row) =>
        row.IsOpen || row is { Kind: QuestionKind.Identified, State: QuestionState.Decided, PersonId: not null };

    private static ColleaguePost? PostOf(QuestionRow question) =>
        question is { PostState: QuestionPosts.Posted, Channel: { } channel, Ts: { } ts } ? new ColleaguePost(channel, ts) : null;
}
