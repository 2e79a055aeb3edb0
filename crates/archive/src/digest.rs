//! Digests, by which a file is known to be the one that was deposited.

use sha2::{Digest, Sha256, Sha512};
use tabulary::ir::hexadecimal;

/// Both digests of a file, in lower-case hexadecimal digits (FIPS 180-4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digests {
    /// SHA-256: 64 digits.
    pub sha256: String,
    /// SHA-512: 128 digits.
    pub sha512: String,
}

impl Digests {
    /// The digests of bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self {
            sha256: hexadecimal(&Sha256::digest(bytes)),
            sha512: hexadecimal(&Sha512::digest(bytes)),
        }
    }

    /// The digest of an algorithm.
    pub fn by(&self, algorithm: Algorithm) -> &str {
        match algorithm {
            Algorithm::Sha256 => &self.sha256,
            Algorithm::Sha512 => &self.sha512,
        }
    }
}

/// An algorithm of digests that every BagIt tool must know (RFC 8493 2.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Algorithm {
    /// SHA-256.
    Sha256,
    /// SHA-512.
    Sha512,
}

impl Algorithm {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Sha256, Self::Sha512];

    /// Its name in the names of manifests (RFC 8493 2.4).
    pub fn name(self) -> &'static str {
        match self {
            Self::Sha256 => "sha256",
            Self::Sha512 => "sha512",
        }
    }

    /// Its name in PREMIS (`messageDigestAlgorithm`) and METS (`CHECKSUMTYPE`).
    pub fn title(self) -> &'static str {
        match self {
            Self::Sha256 => "SHA-256",
            Self::Sha512 => "SHA-512",
        }
    }
}
