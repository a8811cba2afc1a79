using System.Net;
using Atmosphere.Bot.Incoming;

namespace Atmosphere.Bot.Channels;

/// <summary>A channel that names its files by address.</summary>
internal interface IFileSource
{
    string Channel { get; }

    /// <summary>Whether a file of the channel comes from here, where several services carry the channel.</summary>
    bool Takes(IncomingFile file) => true;

    /// <exception cref="FileUnavailableException">It cannot be had, now or later.</exception>
    /// <exception cref="HttpRequestException">It could not be fetched now.</exception>
    Task<byte[]> FetchAsync(IncomingFile file, CancellationToken cancellation);
}

/// <summary>Asking again for the file cannot help.</summary>
internal sealed class FileUnavailableException(FileFailure failure, string message) : Exception(message)
{
    public FileFailure Failure { get; } = failure;

    /// <summary>What the file's server answered, where it answered.</summary>
    public HttpStatusCode? Status { get; init; }
}
