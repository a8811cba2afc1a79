using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Recognition.Outbound;

/// <summary>The default without a channel to colleagues: nothing can be asked.</summary>
internal sealed class NoColleagues : IColleagues
{
    public bool Listening => false;

    public Task<string> UploadAsync(ReadOnlyMemory<byte> picture, CancellationToken cancellation) => throw Nobody();

    public Task<ColleaguePost> AskAsync(QuestionView question, CancellationToken cancellation) => throw Nobody();

    public Task<ColleaguePost> AskAsync(HeldFaceView held, CancellationToken cancellation) => throw Nobody();

    public Task EndAsync(ColleaguePost post, QuestionId held, CancellationToken cancellation) => throw Nobody();

    public Task<PostSearch> FindAsync(QuestionId question, DateTimeOffset since, CancellationToken cancellation) => throw Nobody();

    public Task UpdateAsync(ColleaguePost post, QuestionView question, CancellationToken cancellation) => throw Nobody();

    public Task TellAsync(ColleagueNotice notice, ColleaguePost? about, CancellationToken cancellation) => throw Nobody();

    public Task WithdrawAsync(string picture, CancellationToken cancellation) => throw Nobody();

    public Task<Colleague?> LookUpAsync(string voter, CancellationToken cancellation) => throw Nobody();

    private static HopelessException Nobody() => new("No channel to colleagues is set up. Set one up, such as Atmosphere:Channels:Slack.");
}
