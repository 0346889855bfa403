namespace Ptycho.IO.Hdf5.Native;

/// <summary>Numbers of libhdf5's public headers.</summary>
internal static class Hdf5Constants
{
    public const long Default = 0;
    public const uint ReadOnly = 0;
    public const uint Truncate = 2;
    public const int CloseStrong = 3;
    public const int FlushGlobal = 1;

    public const int IndexByName = 0;
    public const int Increasing = 0;

    public const int GroupId = 2;
    public const int DatasetId = 5;

    public const int ScalarSpace = 0;
    public const int NullSpace = 2;
    public const int LargestRank = 32;

    public const int CompactLayout = 0;
    public const int VirtualLayout = 3;
    public const int ChunkedLayout = 2;

    public const int Utf8 = 1;
    public const int NullPadded = 1;

    public const int IntegerClass = 0;
    public const int FloatClass = 1;
    public const int StringClass = 3;
    public const int BitfieldClass = 4;
    public const int OpaqueClass = 5;
    public const int CompoundClass = 6;
    public const int EnumClass = 8;
}
