using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Recognition.Notices;

/// <summary>There is nobody to ask.</summary>
internal sealed class NoColleagues : IColleagues
{
    public bool Listening => false;

    public Task<string> UploadAsync(ReadOnlyMemory<byte> picture, CancellationToken cancellation) => throw Nobody();

    public Task<ColleaguePost> PostAsync(string picture, ColleagueNotice notice, CancellationToken cancellation) => throw Nobody();

    public Task<PostSearch> FindAsync(string picture, CancellationToken cancellation) => throw Nobody();

    public Task WithdrawAsync(string picture, CancellationToken cancellation) => throw Nobody();

    private static HopelessException Nobody() => new("No channel to colleagues is set up. Set one up, such as Atmosphere:Channels:Slack.");
}
