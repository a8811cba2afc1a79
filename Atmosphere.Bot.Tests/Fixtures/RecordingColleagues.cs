using System.Collections.Concurrent;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Outbound;

namespace Atmosphere.Bot.Tests.Fixtures;

/// <summary>Colleagues who listen, or not; what they are asked and shown is written down. The way to Slack itself is tested at the wire.</summary>
internal sealed class RecordingColleagues : IColleagues
{
    private int _number;

    public bool Listening { get; set; } = true;

    /// <summary>Every question as it was posted.</summary>
    public ConcurrentQueue<QuestionView> Asked { get; } = new();

    /// <summary>Every question as its post was changed.</summary>
    public ConcurrentQueue<(ColleaguePost Post, QuestionView View)> Updated { get; } = new();

    public ConcurrentQueue<(ColleagueNotice Notice, ColleaguePost? About)> Told { get; } = new();

    /// <summary>Pictures that the channel has.</summary>
    public ConcurrentDictionary<string, byte[]> Pictures { get; } = new();

    /// <summary>Who users are.</summary>
    public Func<string, Colleague?> Known { get; set; } = _ => null;

    public Task<string> UploadAsync(ReadOnlyMemory<byte> picture, CancellationToken cancellation)
    {
        var id = $"F{Interlocked.Increment(ref _number):D8}";
        Pictures[id] = picture.ToArray();
        return Task.FromResult(id);
    }

    public Task<ColleaguePost> AskAsync(QuestionView question, CancellationToken cancellation)
    {
        Asked.Enqueue(question);
        return Task.FromResult(new ColleaguePost("room", $"{question.Id}"));
    }

    public Task<ColleaguePost> AskAsync(HeldFaceView held, CancellationToken cancellation) => Task.FromResult(new ColleaguePost("room", $"{held.Id}"));

    public Task EndAsync(ColleaguePost post, QuestionId held, CancellationToken cancellation) => Task.CompletedTask;

    public Task<PostSearch> FindAsync(QuestionId question, DateTimeOffset since, CancellationToken cancellation) =>
        Task.FromResult(Asked.Any(view => view.Id == question)
            ? new PostSearch(PostState.Posted, new ColleaguePost("room", $"{question}"))
            : new PostSearch(PostState.NotPosted));

    public Task UpdateAsync(ColleaguePost post, QuestionView question, CancellationToken cancellation)
    {
        Updated.Enqueue((post, question));
        return Task.CompletedTask;
    }

    public Task TellAsync(ColleagueNotice notice, ColleaguePost? about, CancellationToken cancellation)
    {
        Told.Enqueue((notice, about));
        return Task.CompletedTask;
    }

    public Task WithdrawAsync(string picture, CancellationToken cancellation)
    {
        _ = Pictures.TryRemove(picture, out _);
        return Task.CompletedTask;
    }

    public Task<Colleague?> LookUpAsync(string voter, CancellationToken cancellation) => Task.FromResult(Known(voter));
}
