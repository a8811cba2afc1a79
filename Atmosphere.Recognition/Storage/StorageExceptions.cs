namespace Atmosphere.Recognition.Storage;

/// <summary>The data folder cannot be used; the message says why and what to do.</summary>
public sealed class DataFolderException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>The disk is full. Nothing was stored; the same call works once there is space.</summary>
public sealed class StorageFullException(string folder, Exception cause)
    : Exception($"The disk that holds {folder} is full; nothing was stored. Free some space and send it again.", cause);

/// <summary>The input for a group or a station is invalid. The message names the input and the remedy.</summary>
public sealed class SetUpException(string message) : Exception(message);
